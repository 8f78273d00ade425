package io.frazil.session.attempt;

import java.time.Duration;
import java.util.Optional;

/// How often and when a task is tried again. What another attempt cannot cure never is: see
/// [TaskFailures].
///
/// @param attemptsMax of one task, not counting those that were refused for want of room
/// @param firstPause at most how long the first pause is; each further one may be twice as long
/// @param longestPause what pauses grow to
/// @param refusedMax how long a query bears being refused everything
/// @param hedging empty where a twin would only compete with the attempt that it is to overtake
public record RetryPolicy(
    int attemptsMax,
    Duration firstPause,
    Duration longestPause,
    Duration refusedMax,
    Optional<Hedging> hedging) {
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration REFUSED_MAX = Duration.ofMinutes(5);

  /// For workers that share this machine.
  public static final RetryPolicy DEFAULT = new RetryPolicy(3, Duration.ofMillis(100));

  /// For workers elsewhere.
  public static final RetryPolicy REMOTE = DEFAULT.withHedging(Hedging.DEFAULT);

  public RetryPolicy {
    if (attemptsMax < 1) {
      throw new IllegalArgumentException("a task has at least one attempt, not " + attemptsMax);
    }
  }

  public RetryPolicy(int attemptsMax, Duration firstPause) {
    this(attemptsMax, firstPause, LONGEST_PAUSE, REFUSED_MAX, Optional.empty());
  }

  /// The same with twins for stragglers.
  public RetryPolicy withHedging(Hedging other) {
    return new RetryPolicy(attemptsMax, firstPause, longestPause, refusedMax, Optional.of(other));
  }

  /// The same with another patience for being refused.
  public RetryPolicy withRefusedMax(Duration other) {
    return new RetryPolicy(attemptsMax, firstPause, longestPause, other, hedging);
  }

  /// The longest pause after so many failures in a row, of which a random part is waited: whoever
  /// failed together doesn't come back together.
  Duration pauseMax(int failures) {
    Duration pause = firstPause.multipliedBy(1L << Math.clamp(failures - 1L, 0, 20));
    return pause.compareTo(longestPause) < 0 ? pause : longestPause;
  }
}
