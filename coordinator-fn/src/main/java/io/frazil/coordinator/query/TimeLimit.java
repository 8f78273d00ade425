package io.frazil.coordinator.query;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.session.QueryHandle;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Stops a query that runs longer than it may.
final class TimeLimit implements AutoCloseable {
  private final Runnable stop;
  private final ErrorCode stopped;
  private final CountDownLatch done = new CountDownLatch(1);
  private final @Nullable Long millisMax;
  private volatile boolean exceeded;

  /// After which a query is cancelled.
  ///
  /// @param millisMax null for no limit
  static TimeLimit of(QueryHandle query, @Nullable Long millisMax) {
    return new TimeLimit(query::cancel, ErrorCode.CANCELLED, millisMax);
  }

  /// After which a query is another's to go on with: those that work for it are told nothing, as
  /// the next would hear it too.
  static TimeLimit of(QueryHandle query, Trial trial) {
    return new TimeLimit(
        () -> {
          boolean _ = query.handOver();
        },
        ErrorCode.ATTEMPT_LOST,
        trial.time().toMillis());
  }

  private TimeLimit(Runnable stop, ErrorCode stopped, @Nullable Long millisMax) {
    this.stop = stop;
    this.stopped = stopped;
    this.millisMax = millisMax;
    if (millisMax != null) {
      long millis = millisMax;
      Thread.ofVirtual().name("frazil-time-limit").start(() -> watch(millis));
    }
  }

  /// Whether an error is because of the limit.
  boolean stopped(FrazilException error) {
    return exceeded && error.code() == stopped;
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
        stop.run();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
