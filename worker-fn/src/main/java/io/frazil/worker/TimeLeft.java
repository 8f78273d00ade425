package io.frazil.worker;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.task.Cancellation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Stops a task shortly before its function would be cut off, so that the worker can say so itself.
final class TimeLeft implements AutoCloseable {
  /// What it takes to stop and to answer.
  private static final Duration MARGIN = Duration.ofSeconds(3);

  private final CountDownLatch done = new CountDownLatch(1);

  /// Watches until it is closed.
  ///
  /// @param left until the function is cut off
  TimeLeft(Duration left, Cancellation cancellation) {
    Duration half = left.dividedBy(2);
    Duration margin = MARGIN.compareTo(half) < 0 ? MARGIN : half;
    Thread.ofVirtual()
        .name("frazil-time-left")
        .start(() -> watch(left.minus(margin), left, cancellation));
  }

  private void watch(Duration limit, Duration left, Cancellation cancellation) {
    try {
      if (!done.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        cancellation.stop(
            new FrazilException(
                ErrorCode.TIME_LIMIT,
                "The task did not end in the %d s that its worker had"
                    .formatted(left.toSeconds())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    done.countDown();
  }
}
