package io.frazil.coordinator.query;

import io.frazil.engine.error.FrazilException;
import io.frazil.session.QueryHandle;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Hands a query over as soon as it is expected to outlast its coordinator, and at the latest when
/// that has little time left:
///
/// ```
///   plan kept → lease moved → state machine begins → stops here
///                          ↘ it cannot: lease taken back, goes on here, tried again later
/// ```
///
/// So it stops here once it goes on elsewhere, and not before. Where this coordinator is lost after
/// the lease was moved, there is no execution by the name that the lease says: who asks finds out.
final class HandoverWatch implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private final QueryHandle query;
  private final Lease lease;
  private final Queries queries;
  private final CountDownLatch done = new CountDownLatch(1);

  private HandoverWatch(QueryHandle query, Lease lease, Queries queries) {
    this.query = query;
    this.lease = lease;
    this.queries = queries;
  }

  /// @param handover empty where there is nowhere to go: then this does nothing
  /// @param queries where it is looked after whether the query was cancelled meanwhile
  /// @param remaining how long the coordinator may run, in milliseconds
  static HandoverWatch of(
      Optional<Handover> handover,
      QueryHandle query,
      Lease lease,
      Queries queries,
      LongSupplier remaining) {
    var watch = new HandoverWatch(query, lease, queries);
    handover.filter(_ -> query.isKept()).ifPresent(next -> watch.start(next, remaining));
    return watch;
  }

  /// Waits for a handover that is under way: what comes next depends on it.
  @Override
  public synchronized void close() {
    done.countDown();
  }

  private void start(Handover next, LongSupplier remaining) {
    if (!next.isFor(query.estimate()) || !isSettled(next)) {
      Thread.ofVirtual().name("frazil-handover").start(() -> await(next, remaining));
    }
  }

  private void await(Handover next, LongSupplier remaining) {
    try {
      long millis = Math.max(0, remaining.getAsLong() - Handover.MARGIN_MILLIS);
      while (!done.await(millis, TimeUnit.MILLISECONDS) && !isSettled(next)) {
        millis = PAUSE.toMillis();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Hands the query over.
  ///
  /// @return false where that may succeed later
  private synchronized boolean isSettled(Handover next) {
    if (done.getCount() == 0) {
      return true;
    }
    if (!query.keep()) {
      return !query.isKept();
    }
    try {
      String execution = "%s-%d".formatted(query.id(), lease.epoch());
      if (lease.handOver(execution, query.progress(), query.spent())
          && !begins(next, execution)
          && lease.takeBack()) {
        return false;
      }
    } catch (FrazilException e) {
      // Whether the lease was moved nobody knows: its next renewal finds out.
      return false;
    }
    boolean _ = query.handOver();
    leave();
    return true;
  }

  private boolean begins(Handover next, String execution) {
    try {
      next.start(query.id(), execution);
      return true;
    } catch (FrazilException e) {
      return false;
    }
  }

  private void leave() {
    try {
      queries.leave(query.id());
    } catch (FrazilException e) {
      // The state machine's first step looks too.
    }
  }
}
