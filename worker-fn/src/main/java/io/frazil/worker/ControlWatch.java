package io.frazil.worker;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.task.Cancellation;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Looks from time to time whether a query's control object exists, and stops the task then: an
/// invocation cannot be cancelled from outside.
final class ControlWatch implements AutoCloseable {
  private final ObjectStore store;
  private final String location;
  private final Duration interval;
  private final Cancellation cancellation;
  private final CountDownLatch done = new CountDownLatch(1);

  ControlWatch(ObjectStore store, String location, Duration interval, Cancellation cancellation) {
    this.store = store;
    this.location = location;
    this.interval = interval;
    this.cancellation = cancellation;
    Thread.ofVirtual().name("frazil-control").start(this::watch);
  }

  @Override
  public void close() {
    done.countDown();
  }

  private void watch() {
    try {
      while (!done.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        if (exists()) {
          cancellation.cancel();
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// A store that cannot be asked now says nothing about the query.
  private boolean exists() {
    try {
      store.head(location);
      return true;
    } catch (FrazilException e) {
      return e.code() != ErrorCode.FILE_NOT_FOUND
          && e.code() != ErrorCode.STORE_UNAVAILABLE
          && e.code() != ErrorCode.PERMISSION_DENIED;
    }
  }
}
