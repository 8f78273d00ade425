package io.frazil.localstack;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Waiting for what other processes do.
final class Waiting {
  private static final Duration POLL = Duration.ofMillis(20);

  private Waiting() {}

  /// Waits until something is so.
  ///
  /// @return whether it came to be so within the limit
  static boolean until(Duration limit, BooleanSupplier condition) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        return false;
      }
      pause(POLL);
    }
    return true;
  }

  static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
