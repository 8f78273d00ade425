package io.frazil.coordinator.query;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.session.QueryHandle;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Cancels a query that runs longer than it may.
final class TimeLimit implements AutoCloseable {
  private final QueryHandle query;
  private final CountDownLatch done = new CountDownLatch(1);
  private final @Nullable Long millisMax;
  private volatile boolean exceeded;

  /// @param millisMax null for no limit
  TimeLimit(QueryHandle query, @Nullable Long millisMax) {
    this.query = query;
    this.millisMax = millisMax;
    if (millisMax != null) {
      long millis = millisMax;
      Thread.ofVirtual().name("frazil-time-limit").start(() -> watch(millis));
    }
  }

  /// Whether an error is because of the limit.
  boolean stopped(FrazilException error) {
    return exceeded && error.code() == ErrorCode.CANCELLED;
  }

  /// The error to report: the limit's own where it is what stopped the query.
  FrazilException explain(FrazilException error) {
    return stopped(error)
        ? new FrazilException(
            ErrorCode.TIME_LIMIT, "The query ran longer than its limit of " + millisMax + " ms")
        : error;
  }

  @Override
  public void close() {
    done.countDown();
  }

  private void watch(long millis) {
    try {
      if (!done.await(millis, TimeUnit.MILLISECONDS)) {
        exceeded = true;
        query.cancel();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
