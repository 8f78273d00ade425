package io.frazil.engine.task;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectStore;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Looks from time to time whether a query's control object exists, and says stop then, and only
/// then: what runs in another process cannot be interrupted from here.
public final class ControlWatch implements AutoCloseable {
  private final ObjectStore store;
  private final String location;
  private final Duration interval;
  private final Runnable stop;
  private final Consumer<FrazilException> doubts;
  private final CountDownLatch done = new CountDownLatch(1);

  /// Watches until it is closed.
  ///
  /// @param location of the control object
  /// @param stop called once, by the watching thread
  /// @param doubts told, once for all, what is the matter where the store does not say whether the
  ///   object is there; it is asked again
  public ControlWatch(
      ObjectStore store,
      String location,
      Duration interval,
      Runnable stop,
      Consumer<FrazilException> doubts) {
    this.store = store;
    this.location = location;
    this.interval = interval;
    this.stop = stop;
    this.doubts = doubts;
    Thread.ofVirtual().name("frazil-control").start(this::watch);
  }

  @Override
  public void close() {
    done.countDown();
  }

  private void watch() {
    boolean doubted = false;
    try {
      while (!done.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        try {
          ObjectInfo _ = store.head(location);
          stop.run();
          return;
        } catch (FrazilException e) {
          if (e.code() != ErrorCode.FILE_NOT_FOUND && !doubted) {
            doubted = true;
            doubts.accept(e);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
