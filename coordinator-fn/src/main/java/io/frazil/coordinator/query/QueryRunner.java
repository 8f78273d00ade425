package io.frazil.coordinator.query;

import io.frazil.coordinator.query.QueryObjects.Seen;
import io.frazil.engine.error.ErrorClass;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.provider.Remains;
import io.frazil.engine.store.VersionedStore;
import io.frazil.engine.task.Cancellation;
import io.frazil.events.ErrorMessage;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.QueryState;
import io.frazil.events.Spent;
import io.frazil.events.log.QueryLog;
import io.frazil.session.QueryHandle;
import io.frazil.session.QueryId;
import io.frazil.session.SessionBuilder;
import io.frazil.session.SessionContext;
import io.frazil.session.cost.LambdaCost;
import io.frazil.session.cost.Ledger;
import io.frazil.session.cost.Rates;
import io.frazil.session.dispatch.ErrorMessages;
import io.frazil.session.statistics.QueryProgress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Takes queries on and brings them to their end, each in a session of its own. Safe for use by
/// many threads. Closing cancels what still runs.
public final class QueryRunner implements AutoCloseable {
  /// Who asks through the operators' door, which knows no callers.
  public static final String OPERATOR = "";

  /// How long a query runs before it is kept: shorter ones cost more to keep than to begin anew.
  private static final Duration KEEP_AFTER = Duration.ofSeconds(2);

  private final Supplier<SessionBuilder> sessions;
  private final QueryObjects objects;
  private final Queries queries;
  private final InstantSource clock;
  private final Duration interval;
  private final QueryLog log;
  private final Endings endings;
  private final Optional<Handover> handover;
  private final Rates rates;
  private final Map<String, QueryHandle> running = new ConcurrentHashMap<>();

  /// @param sessions what a query's session is made of, before the request's own settings
  /// @param store where the objects of queries lie
  /// @param root the location under which they lie, ending with `/`
  /// @param interval how often a query looks whether it was cancelled and says that it is alive
  public QueryRunner(
      Supplier<SessionBuilder> sessions, VersionedStore store, String root, Duration interval) {
    this(
        sessions,
        new QueryObjects(store, root),
        new Queries(store, root, InstantSource.system()),
        InstantSource.system(),
        interval,
        QueryLog.SILENT,
        Optional.empty(),
        Rates.DEFAULT);
  }

  private QueryRunner(
      Supplier<SessionBuilder> sessions,
      QueryObjects objects,
      Queries queries,
      InstantSource clock,
      Duration interval,
      QueryLog log,
      Optional<Handover> handover,
      Rates rates) {
    this.sessions = sessions;
    this.objects = objects;
    this.queries = queries;
    this.clock = clock;
    this.interval = interval;
    this.log = log;
    this.endings = new Endings(objects, log);
    this.handover = handover;
    this.rates = rates;
  }

  /// The queries as those who ask see them.
  public Queries queries() {
    return queries;
  }

  /// Where it says what becomes of queries.
  public QueryLog log() {
    return log;
  }

  /// The id of the query that an operator's request with this token is.
  public static String id(String token) {
    return QueryId.of(OPERATOR, token);
  }

  /// How far a query is that runs here now.
  public Optional<QueryProgress> progress(String id) {
    return Optional.ofNullable(running.get(id)).map(QueryHandle::progress);
  }

  /// The same with somewhere to go for queries that outlast a coordinator.
  public QueryRunner handingOverTo(Handover next) {
    return new QueryRunner(
        sessions, objects, queries, clock, interval, log, Optional.of(next), rates);
  }

  /// The same, which says in a log what becomes of queries.
  public QueryRunner loggingTo(QueryLog other) {
    return new QueryRunner(sessions, objects, queries, clock, interval, other, handover, rates);
  }

  /// The same, whose own time is paid by these rates.
  public QueryRunner paidBy(Rates other) {
    return new QueryRunner(
        sessions, objects, queries.paidBy(other), clock, interval, log, handover, other);
  }

  /// Runs an operator's query to its end. Whatever goes wrong is in the response.
  public QueryResponse answer(QueryRequest request) {
    return answer(request, QueryRunner::forever);
  }

  /// The same for a coordinator whose time is limited. Of a query that outlasts it, the response
  /// says so.
  ///
  /// @param remaining how long it may run, in milliseconds
  public QueryResponse answer(QueryRequest request, LongSupplier remaining) {
    String id;
    try {
      id = queries.submit(OPERATOR, request);
    } catch (FrazilException e) {
      return QueryResponse.failed(null, ErrorMessages.encode(e));
    }
    try {
      return run(id, remaining).orElseGet(() -> goesOn(id));
    } catch (RuntimeException | Error e) {
      return QueryResponse.failed(id, Failure.message(id, e, log));
    }
  }

  /// What is answered about a query that takes longer than the answer may.
  public static QueryResponse goesOn(String id) {
    return QueryResponse.failed(id, Failure.goesOn(id));
  }

  /// Works on a query that nobody has, until it is over or another's. Where somebody has it, or it
  /// is over, there is nothing to do: nobody waits for this coordinator.
  ///
  /// @param remaining how long it may run, in milliseconds
  /// @throws FrazilException QUERY_NOT_FOUND; another where the store fails
  public void takeOn(String id, LongSupplier remaining) {
    Optional<Lease> lease = take(id);
    if (lease.isEmpty()) {
      QueryState _ = state(id);
      return;
    }
    try (Lease mine = lease.get()) {
      Optional<QueryResponse> _ = run(id, mine, Trial.NONE, remaining);
    }
  }

  /// Brings a query to its end: takes it on, or waits for whoever has it.
  ///
  /// @return what it gave, or why it failed
  /// @throws FrazilException where the store fails
  public QueryResponse run(String id) {
    return run(id, QueryRunner::forever).orElseThrow();
  }

  /// The same for a coordinator whose time is limited.
  ///
  /// @param remaining how long it may run, in milliseconds
  /// @return empty where the query goes on when that is over, or with its state machine
  public Optional<QueryResponse> run(String id, LongSupplier remaining) {
    while (remaining.getAsLong() > interval.toMillis()) {
      Optional<Lease> lease = take(id);
      if (lease.isPresent()) {
        try (Lease mine = lease.get()) {
          Optional<QueryResponse> response = run(id, mine, Trial.NONE, remaining);
          if (response.isPresent()) {
            return response;
          }
        }
      }
      QueryState state = state(id);
      if (state.phase().isTerminal()) {
        return Optional.of(endings.of(id, state));
      }
      if (Owner.isSteps(state) && !Owner.isNone(state, clock.millis())) {
        return Optional.empty();
      }
      pause();
    }
    return Optional.empty();
  }

  /// Takes a query on, if nobody has it and it is not over.
  private Optional<Lease> take(String id) {
    return Lease.take(
        objects,
        clock,
        id,
        interval,
        rates,
        seen -> {
          Owner.Hold hold = Owner.hold(seen.state(), clock.millis());
          return hold == Owner.Hold.LOST && isAtWork(seen) ? Owner.Hold.HELD : hold;
        });
  }

  /// Whether an execution has a query although it made no step for long, as its tasks take longer.
  /// Then nobody need ask for another while.
  private boolean isAtWork(Seen seen) {
    QueryState state = seen.state();
    boolean atWork =
        Owner.execution(state)
            .flatMap(execution -> handover.map(next -> next.isAtWork(execution)))
            .orElse(false);
    if (atWork) {
      long until = clock.millis() + Lease.STEPS_TERM.toMillis();
      // Where it has changed meanwhile, a step is made.
      var _ = objects.replace(seen, state.renewed(until, state.progress(), state.soFar()));
    }
    return atWork;
  }

  /// Brings a query to its end if it only reads and takes no more than it may here; else it is
  /// another's to go on with.
  public Trial.Outcome attempt(String id, Trial trial) {
    String sql = objects.request(id).map(r -> r.request().sql()).orElse("");
    if (!Repeatable.isRepeatable(sql)) {
      return Trial.Outcome.LEFT;
    }
    Optional<Lease> lease =
        Lease.take(
            objects,
            clock,
            id,
            interval,
            rates,
            // Whether its execution is at work is a coordinator's to ask.
            seen ->
                Owner.isSteps(seen.state())
                    ? Owner.Hold.HELD
                    : Owner.hold(seen.state(), clock.millis()));
    if (lease.isEmpty()) {
      return Trial.Outcome.SETTLED;
    }
    try (Lease mine = lease.get()) {
      trial.holding(mine::giveBack);
      Optional<QueryResponse> _ = run(id, mine, trial, QueryRunner::forever);
      return Trial.Outcome.SETTLED;
    } catch (Trial.Exceeded e) {
      queries.leave(id);
      return Trial.Outcome.LEFT;
    }
  }

  @Override
  public void close() {
    running.values().forEach(QueryHandle::cancel);
  }

  /// @throws FrazilException QUERY_NOT_FOUND
  QueryState state(String id) {
    return objects
        .state(id)
        .map(Seen::state)
        .orElseThrow(
            () -> new FrazilException(ErrorCode.QUERY_NOT_FOUND, "There is no query '" + id + "'"));
  }

  /// What the query gave or why it failed; empty where it is another coordinator's by then, whose
  /// word counts.
  private Optional<QueryResponse> run(String id, Lease lease, Trial trial, LongSupplier remaining) {
    Optional<QueryResponse> ended;
    try {
      Optional<QueryResponse> known = lease.isFirst() ? Optional.empty() : objects.response(id);
      ended = endings.end(id, lease, known.orElseGet(() -> response(id, lease, trial, remaining)));
    } catch (FrazilException e) {
      if (e.errorClass() == ErrorClass.TRANSIENT) {
        lease.leave(null);
      }
      throw e;
    }
    if (ended.isPresent() && ended.get().error() != null) {
      endings.afterwards(
          id,
          "Workers of earlier coordinators were not told to stop",
          () -> objects.stopWorkers(id, lease.epoch() - 1));
    }
    return ended;
  }

  private QueryResponse response(String id, Lease lease, Trial trial, LongSupplier remaining) {
    QueryRequest request = objects.request(id).orElseThrow().request();
    log.began(id, request.sql());
    Optional<ErrorMessage> due = endings.due(id, lease, request);
    if (due.isPresent()) {
      return Answers.failed(id, soFar(lease), due.get());
    }
    try (WordToStop stop = wordToStop(id, lease, request, remaining);
        SessionContext session = session(id, request, lease.spent(), stop.word())) {
      QueryHandle query =
          stop.unlessStopped(
              () -> begin(session, id, lease, request),
              () -> Repeatable.isRepeatable(request.sql()),
              this::close);
      try {
        return response(query, lease, request, stop, trial, handover, remaining);
      } finally {
        close(query);
      }
    } catch (Trial.Exceeded e) {
      lease.giveBack();
      throw e;
    } catch (RuntimeException | Error e) {
      return Answers.unbegun(id, soFar(lease), Failure.message(id, e, log));
    }
  }

  /// What a query's owners are paid that has not begun to run here.
  private Ledger soFar(Lease lease) {
    return new LambdaCost(rates).soFar(lease.spent());
  }

  /// What of it cannot be stopped or removed changes nothing of what the query gave.
  private void close(QueryHandle query) {
    endings.afterwards(query.id(), "Objects are left to the bucket's lifecycle", query::close);
  }

  /// Goes on where an earlier coordinator was, if there is something to go on from.
  private static QueryHandle begin(
      SessionContext session, String id, Lease lease, QueryRequest request) {
    return session
        .resume(id, lease.epoch())
        .orElseGet(() -> session.run(id, lease.epoch(), request.sql(), request.parameters()));
  }

  /// What stops a query that was just taken on.
  ///
  /// @param remaining how long it may run here, in milliseconds
  WordToStop wordToStop(String id, Lease lease, QueryRequest request, LongSupplier remaining) {
    return new WordToStop(objects, id, lease, request, interval, log, remaining);
  }

  QueryObjects objects() {
    return objects;
  }

  Endings endings() {
    return endings;
  }

  /// Takes a query on for a step of an execution, which may have it.
  Optional<Lease> takeStep(String id, @Nullable String execution) {
    return Lease.take(
        objects,
        clock,
        id,
        interval,
        rates,
        seen -> {
          QueryState state = seen.state();
          if (Owner.isSteps(state)) {
            return Owner.isAnothers(state, execution) ? Owner.Hold.HELD : Owner.Hold.FREE;
          }
          return Owner.hold(state, clock.millis());
        });
  }

  /// What a query gives of which only the last stage is left.
  QueryResponse rest(QueryHandle query, Lease lease, QueryRequest request, WordToStop stop) {
    try {
      return response(
          query, lease, request, stop, Trial.NONE, Optional.empty(), QueryRunner::forever);
    } finally {
      close(query);
    }
  }

  /// A session for a query.
  ///
  /// @param spent on it so far
  /// @param stop stops it
  SessionContext session(String id, QueryRequest request, Spent spent, Cancellation stop) {
    SessionBuilder builder =
        sessions
            .get()
            .store(objects.store())
            .root(objects.root())
            .keep(KEEP_AFTER)
            .spentBefore(spent)
            .stoppedBy(stop)
            .onRemains(remains -> tell(id, remains))
            .journal(new StoredAppends(objects, id));
    return RequestSettings.add(builder, request).build();
  }

  private void tell(String id, Remains remains) {
    log.remains(
        id, remains.of(), remains.files(), remains.among(), ErrorMessages.encode(remains.why()));
  }

  /// What a query gives that has been started, or why it failed.
  private QueryResponse response(
      QueryHandle query,
      Lease lease,
      QueryRequest request,
      WordToStop stop,
      Trial trial,
      Optional<Handover> next,
      LongSupplier remaining) {
    String id = query.id();
    lease.watch(query);
    stop.goesOnWhere(() -> next.isPresent() && query.isKept());
    try (TimeLimit tried = TimeLimit.after(trial.time().toMillis(), () -> handOver(query));
        var _ = HandoverWatch.of(next, query, lease, queries, remaining)) {
      if (!lease.isLost() && trial.isTooSmallFor(query)) {
        handOver(query);
        throw new Trial.Exceeded();
      }
      running.put(id, query);
      FrazilException failure;
      try {
        var file = new ResultFile(objects.store(), objects.result(id, lease.epoch()));
        return answer(query, request.format(), file);
      } catch (FrazilException e) {
        if (tried.isExceeded() && e.code() == ErrorCode.ATTEMPT_LOST) {
          throw new Trial.Exceeded();
        }
        failure = e;
      } finally {
        running.remove(id);
        leaveIfLost(query, lease);
      }
      // What still runs is paid for too.
      close(query);
      return Answers.failed(query, Failure.message(id, failure, log));
    }
  }

  /// What another coordinator goes on with is neither stopped nor removed.
  private static void leaveIfLost(QueryHandle query, Lease lease) {
    if (!lease.isHeld()) {
      query.leave();
    }
  }

  /// For whoever comes next, while the query is still this coordinator's. Those that work for it
  /// are told nothing, as the next would hear it too.
  private static void handOver(QueryHandle query) {
    boolean _ = query.handOver();
  }

  private static QueryResponse answer(
      QueryHandle query, QueryRequest.@Nullable Format format, ResultFile file) {
    return switch (query.kind()) {
      case ROWS ->
          switch (format == null ? QueryRequest.Format.ROWS : format) {
            case ROWS -> Answers.rows(query, file);
            case ARROW -> Answers.file(query, file);
          };
      case COUNT -> Answers.without(query, query.updatedRows());
      case DONE -> Answers.without(query, null);
    };
  }

  private static long forever() {
    return Long.MAX_VALUE;
  }

  private void pause() {
    try {
      Thread.sleep(interval);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FrazilException(ErrorCode.CANCELLED, "Waiting for a query was interrupted", e);
    }
  }
}
