package io.frazil.coordinator.query;

import io.frazil.coordinator.query.QueryObjects.Seen;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.ErrorMessage;
import io.frazil.events.QueryState;
import io.frazil.events.QueryState.Phase;
import io.frazil.session.QueryHandle;
import io.frazil.session.statistics.QueryProgress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A query taken on by this coordinator, for as long as it says so often enough. Once another has
/// taken it on, nothing of this one's counts.
final class Lease implements AutoCloseable {
  /// How long a coordinator may be silent.
  static final Duration TERM = Duration.ofSeconds(15);

  private final QueryObjects objects;
  private final InstantSource clock;
  private final String id;
  private final CountDownLatch closed = new CountDownLatch(1);

  // All below is guarded by this.
  private Seen seen;
  private boolean lost;
  private @Nullable QueryHandle query;

  private Lease(QueryObjects objects, InstantSource clock, String id, Seen seen) {
    this.objects = objects;
    this.clock = clock;
    this.id = id;
    this.seen = seen;
  }

  /// Takes a query on, if nobody else has it and it is not over.
  ///
  /// @param renewal how often it is said that the owner is at work
  static Optional<Lease> take(
      QueryObjects objects, InstantSource clock, String id, String owner, Duration renewal) {
    Optional<Seen> seen = objects.state(id);
    if (seen.isEmpty() || !isFree(seen.get().state(), clock.millis())) {
      return Optional.empty();
    }
    long now = clock.millis();
    QueryState mine = seen.get().state().takenBy(owner, now, now + TERM.toMillis());
    return objects
        .replace(seen.get(), mine)
        .map(taken -> {
          var lease = new Lease(objects, clock, id, taken);
          Thread.ofVirtual().name("frazil-lease").start(() -> lease.renew(renewal));
          return lease;
        });
  }

  static boolean isFree(QueryState state, long nowMillis) {
    return switch (state.phase()) {
      case ACCEPTED -> true;
      case RUNNING -> state.leaseMillis() < nowMillis;
      case DONE, FAILED, CANCELLED -> false;
    };
  }

  /// Whether nobody had taken the query on before.
  boolean isFirst() {
    return epoch() == 1;
  }

  synchronized int epoch() {
    return seen.state().epoch();
  }

  /// Reports the query's progress from now on, and cancels it should the lease be lost.
  synchronized void watch(QueryHandle running) {
    query = running;
    if (lost) {
      running.cancel();
    }
  }

  /// Says how the query ended.
  ///
  /// @return false where it is another's by now: then it has not ended
  synchronized boolean end(Phase phase, @Nullable ErrorMessage error) {
    query = null;
    return !lost && exchange(seen.state().ended(phase, clock.millis(), error)).isPresent();
  }

  /// Says that another may take the query on at once.
  synchronized void giveBack() {
    query = null;
    if (!lost) {
      Optional<Seen> _ = exchange(seen.state().renewed(clock.millis() - 1, null));
      lost = true;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void renew(Duration interval) {
    try {
      while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        renew();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void renew() {
    if (lost || closed.getCount() == 0 || seen.state().phase() != Phase.RUNNING) {
      return;
    }
    try {
      QueryState next = seen.state().renewed(clock.millis() + TERM.toMillis(), progress(query));
      Optional<Seen> now = exchange(next);
      if (now.isPresent()) {
        seen = now.get();
      } else {
        lost = true;
        if (query != null) {
          query.cancel();
        }
      }
    } catch (FrazilException e) {
      // The store cannot be asked now: the next turn tries again, within the term.
    }
  }

  /// Changes the state. Where another version is there, it may be what was written before and whose
  /// reply was lost: then it is this coordinator's still.
  private Optional<Seen> exchange(QueryState next) {
    Optional<Seen> done = objects.replace(seen, next);
    if (done.isPresent()) {
      return done;
    }
    Optional<Seen> there = objects.state(id).filter(now -> isMine(now.state()));
    return there.isPresent() ? objects.replace(there.get(), next) : Optional.empty();
  }

  private boolean isMine(QueryState state) {
    return state.phase() == Phase.RUNNING
        && state.epoch() == seen.state().epoch()
        && Objects.equals(state.owner(), seen.state().owner());
  }

  private static QueryState.@Nullable Progress progress(@Nullable QueryHandle query) {
    if (query == null) {
      return null;
    }
    QueryProgress now = query.progress();
    return new QueryState.Progress(
        now.stage(),
        now.stages(),
        now.tasksDone(),
        now.tasks(),
        now.rows(),
        now.bytesRead(),
        now.bytesToRead());
  }
}
