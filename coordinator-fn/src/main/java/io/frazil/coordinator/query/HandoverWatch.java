package io.frazil.coordinator.query;

import io.frazil.engine.error.FrazilException;
import io.frazil.session.QueryHandle;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Hands a query over as soon as it is expected to outlast its coordinator, and at the latest when
/// that has little time left.
final class HandoverWatch implements AutoCloseable {
  private final QueryHandle query;
  private final Lease lease;
  private final CountDownLatch done = new CountDownLatch(1);

  private HandoverWatch(QueryHandle query, Lease lease) {
    this.query = query;
    this.lease = lease;
  }

  /// @param handover empty where there is nowhere to go: then this does nothing
  /// @param remaining how long the coordinator may run, in milliseconds
  static HandoverWatch of(
      Optional<Handover> handover, QueryHandle query, Lease lease, LongSupplier remaining) {
    var watch = new HandoverWatch(query, lease);
    handover.filter(_ -> query.isKept()).ifPresent(next -> watch.start(next, remaining));
    return watch;
  }

  @Override
  public void close() {
    done.countDown();
  }

  private void start(Handover next, LongSupplier remaining) {
    if (next.isFor(query.estimate())) {
      handOver(next);
    } else {
      Thread.ofVirtual().name("frazil-handover").start(() -> await(next, remaining));
    }
  }

  private void await(Handover next, LongSupplier remaining) {
    try {
      long millis = remaining.getAsLong() - Handover.MARGIN_MILLIS;
      if (!done.await(Math.max(0, millis), TimeUnit.MILLISECONDS)) {
        handOver(next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Until the lease is handed over too, the state machine finds the query busy and comes again.
  private void handOver(Handover next) {
    try {
      next.start(query.id());
    } catch (FrazilException e) {
      // It goes on here, for as long as that may be.
      return;
    }
    if (query.handOver()) {
      boolean _ = lease.handOver(query.progress(), query.spent());
    }
  }
}
