package io.frazil.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// Tries what may pass again, after a random part of a pause that doubles each time.
final class Retry {
  private static final long FIRST_PAUSE_MS = 50;
  private static final long THROTTLED_PAUSE_MS = 200;
  static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  /// Asks the system: processes that come from one snapshot would else all pause for as long.
  private static final SecureRandom RANDOM = new SecureRandom();

  private final int attempts;

  Retry(int attempts) {
    this.attempts = attempts;
  }

  /// One try.
  interface Attempt<T> {
    T run() throws IOException;
  }

  /// @throws IOException what the last attempt failed with
  <T> T run(Attempt<T> attempt) throws IOException {
    for (int tried = 1; ; tried++) {
      try {
        return attempt.run();
      } catch (IOException e) {
        if (tried == attempts || !S3Failure.passes(e)) {
          throw e;
        }
        pause(longestPause(tried, e));
      }
    }
  }

  /// How long to wait at most after an attempt, in milliseconds.
  static long longestPause(int tried, IOException e) {
    boolean throttled =
        e instanceof S3Error error && (error.status() == 503 || error.status() == 429);
    long first = throttled ? THROTTLED_PAUSE_MS : FIRST_PAUSE_MS;
    return Math.min(LONGEST_PAUSE.toMillis(), first << Math.min(tried - 1, 16));
  }

  private static void pause(long longest) throws InterruptedIOException {
    try {
      TimeUnit.MILLISECONDS.sleep(RANDOM.nextLong(longest + 1));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted between two attempts");
    }
  }
}
