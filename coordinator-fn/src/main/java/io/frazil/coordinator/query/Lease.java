package io.frazil.coordinator.query;

import io.frazil.coordinator.query.QueryObjects.Seen;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.ErrorMessage;
import io.frazil.events.QueryState;
import io.frazil.events.QueryState.Phase;
import io.frazil.events.Spent;
import io.frazil.session.QueryHandle;
import io.frazil.session.cost.Rates;
import io.frazil.session.statistics.QueryProgress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A query taken on by this coordinator, for as long as it says so often enough. Once another has
/// taken it on, nothing of this one's counts.
final class Lease implements AutoCloseable {
  /// How long a coordinator may be silent.
  static final Duration TERM = Duration.ofSeconds(15);

  /// Who has a query between two steps of its state machine.
  static final String STEPS = "steps";

  /// How long a state machine may take for a query: as long as its definition says.
  private static final Duration STEPS_TERM = Duration.ofHours(6);

  private final QueryObjects objects;
  private final InstantSource clock;
  private final String id;
  private final Rates rates;
  private final Spent spentBefore;
  private final long startNanos = System.nanoTime();
  private final CountDownLatch closed = new CountDownLatch(1);

  // All below is guarded by this.
  private Seen seen;
  private boolean lost;
  private @Nullable QueryHandle query;

  private Lease(QueryObjects objects, InstantSource clock, String id, Rates rates, Seen seen) {
    this.objects = objects;
    this.clock = clock;
    this.id = id;
    this.rates = rates;
    this.spentBefore = seen.state().soFar();
    this.seen = seen;
  }

  /// Takes a query on, if nobody else has it and it is not over.
  ///
  /// @param renewal how often it is said that the owner is at work
  /// @param rates what the owner's time is paid by
  static Optional<Lease> take(
      QueryObjects objects,
      InstantSource clock,
      String id,
      String owner,
      Duration renewal,
      Rates rates) {
    return take(objects, clock, id, owner, renewal, rates, isFree(clock.millis()));
  }

  /// Takes a query on for a step of its state machine, whose it may be.
  static Optional<Lease> takeStep(
      QueryObjects objects,
      InstantSource clock,
      String id,
      String owner,
      Duration renewal,
      Rates rates) {
    return take(
        objects,
        clock,
        id,
        owner,
        renewal,
        rates,
        isFree(clock.millis())
            .or(state -> state.phase() == Phase.RUNNING && STEPS.equals(state.owner())));
  }

  private static Optional<Lease> take(
      QueryObjects objects,
      InstantSource clock,
      String id,
      String owner,
      Duration renewal,
      Rates rates,
      Predicate<QueryState> free) {
    Optional<Seen> seen = objects.state(id);
    if (seen.isEmpty() || !free.test(seen.get().state())) {
      return Optional.empty();
    }
    long now = clock.millis();
    Spent spent = seen.get().state().soFar().takenOn(rates.megabyteMillis(renewal));
    QueryState mine = seen.get().state().takenBy(owner, now, now + TERM.toMillis(), spent);
    return objects
        .replace(seen.get(), mine)
        .map(taken -> {
          var lease = new Lease(objects, clock, id, rates, taken);
          Thread.ofVirtual().name("frazil-lease").start(() -> lease.renew(renewal));
          return lease;
        });
  }

  private static Predicate<QueryState> isFree(long nowMillis) {
    return state ->
        switch (state.phase()) {
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

  /// What the query has been paid by until now, this coordinator's own time among it.
  synchronized Spent spent() {
    Spent told = query == null ? Spent.NOTHING : query.spent();
    Duration sinceStart = Duration.ofNanos(System.nanoTime() - startNanos);
    return told.equals(Spent.NOTHING) ? spentBefore.worked(rates.megabyteMillis(sinceStart)) : told;
  }

  /// Reports the query's progress from now on, and leaves it to the other should the lease be lost.
  synchronized void watch(QueryHandle running) {
    query = running;
    if (lost) {
      boolean _ = running.handOver();
    }
  }

  /// Whether the query is this coordinator's still, as the store has it now.
  synchronized boolean isHeld() {
    if (!lost && closed.getCount() > 0) {
      renew();
    }
    return !lost;
  }

  /// Leaves the query to its state machine.
  ///
  /// @param progress how far it is
  /// @param spent on it so far
  /// @return false where it is another's by now
  synchronized boolean handOver(QueryProgress progress, Spent spent) {
    query = null;
    boolean mine =
        !lost
            && exchange(
                    seen.state()
                        .handedTo(
                            STEPS,
                            clock.millis() + STEPS_TERM.toMillis(),
                            message(progress),
                            spent.left()))
                .isPresent();
    lost = true;
    return mine;
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
    Spent spent = spent().left();
    query = null;
    if (!lost) {
      Optional<Seen> _ = exchange(seen.state().renewed(clock.millis() - 1, null, spent));
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
      QueryState next =
          seen.state().renewed(clock.millis() + TERM.toMillis(), progress(query), spent());
      Optional<Seen> now = exchange(next);
      if (now.isPresent()) {
        seen = now.get();
      } else {
        lost = true;
        if (query != null) {
          boolean _ = query.handOver();
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
    return query == null ? null : message(query.progress());
  }

  private static QueryState.Progress message(QueryProgress now) {
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
