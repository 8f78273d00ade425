package io.frazil.engine.task;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.ObjectStore;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Looks from time to time whether a query's control object exists, and says stop then: what runs
/// in another process cannot be interrupted from here.
public final class ControlWatch implements AutoCloseable {
  private final ObjectStore store;
  private final String location;
  private final Duration interval;
  private final Runnable stop;
  private final CountDownLatch done = new CountDownLatch(1);

  /// Watches until it is closed.
  ///
  /// @param location of the control object
  /// @param stop called once, by the watching thread
  public ControlWatch(ObjectStore store, String location, Duration interval, Runnable stop) {
    this.store = store;
    this.location = location;
    this.interval = interval;
    this.stop = stop;
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
          stop.run();
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
