package io.frazil.coordinator.query;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Says stop when a time is over, unless it is closed before.
final class TimeLimit implements AutoCloseable {
  private final Runnable stop;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile boolean exceeded;

  private TimeLimit(Runnable stop) {
    this.stop = stop;
  }

  /// @param millis from now on; [Long#MAX_VALUE] for no limit
  /// @param stop called once, by another thread
  static TimeLimit after(long millis, Runnable stop) {
    var limit = new TimeLimit(stop);
    if (millis < Long.MAX_VALUE) {
      Thread.ofVirtual().name("frazil-time-limit").start(() -> limit.watch(millis));
    }
    return limit;
  }

  boolean isExceeded() {
    return exceeded;
  }

  @Override
  public void close() {
    done.countDown();
  }

  private void watch(long millis) {
    try {
      if (!done.await(millis, TimeUnit.MILLISECONDS)) {
        exceeded = true;
        stop.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
