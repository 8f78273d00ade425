package io.frazil.session.stage;

import io.frazil.engine.error.ErrorClass;
import io.frazil.engine.error.FrazilException;
import java.time.Duration;

/// When and how often a task is tried again: only what another attempt may cure.
///
/// @param attemptsMax of one task
/// @param firstPause before the second attempt; each further pause is twice as long
public record RetryPolicy(int attemptsMax, Duration firstPause) {
  public static final RetryPolicy DEFAULT = new RetryPolicy(3, Duration.ofMillis(100));

  public RetryPolicy {
    if (attemptsMax < 1) {
      throw new IllegalArgumentException("a task has at least one attempt, not " + attemptsMax);
    }
  }

  /// Whether a task is tried again whose `attempt`th attempt (from 1) failed so.
  boolean retries(FrazilException failure, int attempt) {
    return failure.errorClass() == ErrorClass.TRANSIENT && attempt < attemptsMax;
  }

  /// How long to wait after the `attempt`th attempt.
  Duration pause(int attempt) {
    return firstPause.multipliedBy(1L << Math.min(attempt - 1, 10));
  }
}
