package io.frazil.localstack.process;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Waiting for what other processes do.
public final class Waiting {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private Waiting() {}

  /// Waits until something is so.
  ///
  /// @return whether it came to be so within the limit
  public static boolean until(Duration limit, BooleanSupplier condition) {
    return until(limit, POLL, condition);
  }

  /// The same for what is asked of a server, which has other work to do.
  ///
  /// @param pause between two looks
  public static boolean until(Duration limit, Duration pause, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      pause(pause);
    }
    return true;
  }

  /// Waits for a word that is given sooner or later.
  public static void on(CountDownLatch word) {
    on(word, LONGEST);
  }

  /// The same, but no longer than so.
  public static void on(CountDownLatch word, Duration limit) {
    try {
      boolean _ = word.await(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  public static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
