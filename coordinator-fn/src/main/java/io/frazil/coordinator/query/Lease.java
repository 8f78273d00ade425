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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A query taken on by this coordinator, for as long as it says so often enough. Once another has
/// taken it on, nothing of this one's counts.
final class Lease implements AutoCloseable {
  /// How long a coordinator may be silent.
  static final Duration TERM = Duration.ofSeconds(15);

  /// How long a state machine may be silent. Tasks may run for longer between two steps: then it is
  /// asked whether it is at work.
  static final Duration STEPS_TERM = Duration.ofMinutes(5);

  private final QueryObjects objects;
  private final InstantSource clock;
  private final String id;
  private final String owner;
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
    this.owner = Objects.requireNonNull(seen.state().owner());
    this.rates = rates;
    this.spentBefore = seen.state().soFar();
    this.seen = seen;
  }

  /// Takes a query on, if it is free.
  ///
  /// @param renewal how often it is said that the owner is at work
  /// @param rates what the owner's time is paid by
  /// @param hold whose it is, as far as this owner goes
  static Optional<Lease> take(
      QueryObjects objects,
      InstantSource clock,
      String id,
      Duration renewal,
      Rates rates,
      Function<Seen, Owner.Hold> hold) {
    Optional<Seen> found = objects.state(id);
    return found.flatMap(seen ->
        switch (hold.apply(seen)) {
          case HELD -> Optional.empty();
          case FREE -> take(objects, clock, id, renewal, rates, seen, seen.state());
          case LOST -> take(objects, clock, id, renewal, rates, seen, seen.state().ownerLost());
        });
  }

  private static Optional<Lease> take(
      QueryObjects objects,
      InstantSource clock,
      String id,
      Duration renewal,
      Rates rates,
      Seen seen,
      QueryState before) {
    long now = clock.millis();
    Spent spent = before.soFar().takenOn(rates.megabyteMillis(renewal));
    QueryState mine = before.takenBy(Owner.coordinator(), now, now + TERM.toMillis(), spent);
    return objects
        .replace(seen, mine)
        .map(taken -> {
          var lease = new Lease(objects, clock, id, rates, taken);
          Thread.ofVirtual().name("frazil-lease").start(() -> lease.renew(renewal));
          return lease;
        });
  }

  /// Whether nobody had taken the query on before.
  boolean isFirst() {
    return epoch() == 1;
  }

  /// How many owners of the query were lost without getting further.
  synchronized int ownersLost() {
    return seen.state().ownersLost();
  }

  /// How long the query may run still, in milliseconds: it began with its first owner.
  ///
  /// @param millisMax in all; null for no limit
  synchronized long millisLeft(@Nullable Long millisMax) {
    Long started = seen.state().startedMillis();
    return millisMax == null || started == null
        ? Long.MAX_VALUE
        : millisMax - (clock.millis() - started);
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
      running.leave();
    }
  }

  /// Whether this coordinator knows that the query is another's.
  synchronized boolean isLost() {
    return lost;
  }

  /// Whether the query is this coordinator's still, as the store has it now.
  synchronized boolean isHeld() {
    if (!lost && closed.getCount() > 0) {
      renew();
    }
    return !lost;
  }

  /// Leaves the query to a state machine.
  ///
  /// @param execution that has its next step made; null where nobody said its name
  /// @param progress how far it is
  /// @param spent on it so far
  /// @return false where it is another's by now
  /// @throws FrazilException where the store fails: then nobody knows, and the next renewal finds
  ///   out
  synchronized boolean handOver(@Nullable String execution, QueryProgress progress, Spent spent) {
    Optional<Seen> left = lost ? Optional.empty() : exchange(handed(execution, progress, spent));
    lost = true;
    left.ifPresent(handed -> seen = handed);
    return left.isPresent();
  }

  private QueryState handed(@Nullable String execution, QueryProgress progress, Spent spent) {
    long until = clock.millis() + STEPS_TERM.toMillis();
    return seen.state().handedTo(Owner.steps(execution), until, message(progress), spent.left());
  }

  /// Takes back what was handed over to a state machine that did not begin.
  ///
  /// @return false where it is another's by now
  synchronized boolean takeBack() {
    long until = clock.millis() + TERM.toMillis();
    QueryState mine = seen.state().handedTo(owner, until, seen.state().progress(), spent());
    Optional<Seen> back = objects.replace(seen, mine);
    back.ifPresent(again -> seen = again);
    lost = back.isEmpty();
    return !lost;
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
      Optional<Seen> _ = exchange(seen.state().handedTo(null, clock.millis() - 1, null, spent));
      lost = true;
    }
  }

  /// Leaves the query after a failure that may pass, as far as the store can be had: who leaves is
  /// not lost.
  ///
  /// @param next who is to go on with it; null for whoever comes
  synchronized void leave(@Nullable String next) {
    try {
      if (!lost) {
        long until = clock.millis() + (next == null ? -1 : STEPS_TERM.toMillis());
        Spent spent = spent().left();
        Optional<Seen> _ =
            exchange(seen.state().handedTo(next, until, seen.state().progress(), spent));
      }
    } catch (FrazilException e) {
      // The lease runs out.
    }
    query = null;
    lost = true;
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
      QueryState next = seen.state().renewed(clock.millis() + TERM.toMillis(), progress(), spent());
      Optional<Seen> now = exchange(next);
      if (now.isPresent()) {
        seen = now.get();
      } else {
        lost = true;
        if (query != null) {
          query.leave();
        }
      }
    } catch (FrazilException e) {
      // The store cannot be asked now: the next turn tries again, within the term.
    }
  }

  /// Changes the state. Where another version is there, it may be what was written now or before
  /// and whose reply was lost: then it is this coordinator's still.
  private Optional<Seen> exchange(QueryState next) {
    Optional<Seen> done = objects.replace(seen, next);
    if (done.isPresent()) {
      return done;
    }
    Optional<Seen> there = objects.state(id);
    if (there.isEmpty() || there.get().state().equals(next)) {
      return there;
    }
    return isMine(there.get().state()) ? objects.replace(there.get(), next) : Optional.empty();
  }

  private boolean isMine(QueryState state) {
    return state.phase() == Phase.RUNNING
        && state.epoch() == seen.state().epoch()
        && owner.equals(state.owner());
  }

  /// How far the query is; until it goes on here, as its last owner said.
  private QueryState.@Nullable Progress progress() {
    return query == null ? seen.state().progress() : message(query.progress());
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
