package io.frazil.coordinator.query;

import io.frazil.coordinator.query.QueryObjects.Seen;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.VersionedStore;
import io.frazil.engine.task.ControlWatch;
import io.frazil.events.ErrorMessage;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.QueryState;
import io.frazil.events.QueryState.Phase;
import io.frazil.events.log.QueryLog;
import io.frazil.session.QueryHandle;
import io.frazil.session.QueryId;
import io.frazil.session.SessionBuilder;
import io.frazil.session.SessionContext;
import io.frazil.session.dispatch.ErrorMessages;
import io.frazil.session.statistics.QueryProgress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Takes queries on and brings them to their end, each in a session of its own. Safe for use by
/// many threads. Closing cancels what still runs.
public final class QueryRunner implements AutoCloseable {
  /// Who asks through the operators' door, which knows no callers.
  public static final String OPERATOR = "";

  private final Supplier<SessionBuilder> sessions;
  private final QueryObjects objects;
  private final Queries queries;
  private final InstantSource clock;
  private final Duration interval;
  private final QueryLog log;
  private final Map<String, QueryHandle> running = new ConcurrentHashMap<>();

  /// @param sessions what a query's session is made of, before the request's own settings
  /// @param store where the objects of queries lie
  /// @param root the location under which they lie, ending with `/`
  /// @param interval how often a query looks whether it was cancelled and says that it is alive
  public QueryRunner(
      Supplier<SessionBuilder> sessions, VersionedStore store, String root, Duration interval) {
    this(sessions, store, root, interval, QueryLog.SILENT);
  }

  /// The same, which says in a log what becomes of queries.
  public QueryRunner(
      Supplier<SessionBuilder> sessions,
      VersionedStore store,
      String root,
      Duration interval,
      QueryLog log) {
    this.log = log;
    this.sessions = sessions;
    this.clock = InstantSource.system();
    this.objects = new QueryObjects(store, root);
    this.queries = new Queries(store, root, clock);
    this.interval = interval;
  }

  /// The queries as those who ask see them.
  public Queries queries() {
    return queries;
  }

  /// The id of the query that an operator's request with this token is.
  public static String id(String token) {
    return QueryId.of(OPERATOR, token);
  }

  /// How far a query is that runs here now.
  public Optional<QueryProgress> progress(String id) {
    return Optional.ofNullable(running.get(id)).map(QueryHandle::progress);
  }

  /// Runs an operator's query to its end. Whatever goes wrong is in the response.
  public QueryResponse answer(QueryRequest request) {
    String id;
    try {
      id = queries.submit(OPERATOR, request);
    } catch (FrazilException e) {
      return QueryResponse.failed(null, ErrorMessages.encode(e));
    }
    try {
      return run(id);
    } catch (RuntimeException | Error e) {
      return QueryResponse.failed(id, Failure.message(e));
    }
  }

  /// Brings a query to its end: takes it on, or waits for whoever has it.
  ///
  /// @return what it gave, or why it failed
  /// @throws FrazilException where the store fails
  public QueryResponse run(String id) {
    while (true) {
      Optional<Lease> lease = Lease.take(objects, clock, id, owner(), interval);
      Optional<QueryResponse> response;
      if (lease.isPresent()) {
        try (Lease mine = lease.get()) {
          response = run(id, mine, Trial.NONE);
        }
      } else {
        response = ended(id);
      }
      if (response.isPresent()) {
        return response.get();
      }
      pause();
    }
  }

  /// Brings a query to its end if it only reads and takes no more than it may here; else it is as
  /// if nobody had taken it on.
  public Trial.Outcome attempt(String id, Trial trial) {
    String sql = objects.request(id).map(r -> r.request().sql()).orElse("");
    if (!Repeatable.isTriable(sql)) {
      return Trial.Outcome.LEFT;
    }
    Optional<Lease> lease = Lease.take(objects, clock, id, owner(), interval);
    if (lease.isEmpty()) {
      return Trial.Outcome.SETTLED;
    }
    try (Lease mine = lease.get()) {
      Optional<QueryResponse> _ = run(id, mine, trial);
      return Trial.Outcome.SETTLED;
    } catch (Trial.Exceeded e) {
      return Trial.Outcome.LEFT;
    }
  }

  /// Made anew each time: one that was made before a snapshot would be that of many processes.
  private static String owner() {
    return UUID.randomUUID().toString();
  }

  @Override
  public void close() {
    running.values().forEach(QueryHandle::cancel);
  }

  /// What a query gave that is over.
  private Optional<QueryResponse> ended(String id) {
    QueryState state =
        objects
            .state(id)
            .map(Seen::state)
            .orElseThrow(() ->
                new FrazilException(ErrorCode.QUERY_NOT_FOUND, "There is no query '" + id + "'"));
    ErrorMessage error = state.error();
    return switch (state.phase()) {
      case ACCEPTED, RUNNING -> Optional.empty();
      case DONE ->
          Optional.of(
              objects
                  .response(id)
                  .orElseThrow(() ->
                      new FrazilException(
                          ErrorCode.QUERY_NOT_FOUND, "What query '" + id + "' gave has expired")));
      case FAILED, CANCELLED ->
          objects
              .response(id)
              .or(() ->
                  Optional.of(QueryResponse.failed(id, error == null ? Failure.CANCELLED : error)));
    };
  }

  /// What the query gave or why it failed; empty where it is another coordinator's by then, whose
  /// word counts.
  private Optional<QueryResponse> run(String id, Lease lease, Trial trial) {
    Optional<QueryResponse> known = lease.isFirst() ? Optional.empty() : objects.response(id);
    QueryResponse response = known.orElseGet(() -> logged(id, lease, trial));
    ErrorMessage error = response.error();
    if (error != null) {
      return lease.end(Failure.phase(error), error)
          ? Optional.of(recorded(id, response))
          : Optional.empty();
    }
    if (known.isEmpty() && !objects.create(id, response)) {
      // Another coordinator was first; what it wrote is what everybody sees.
      known = objects.response(id);
    }
    boolean _ = lease.end(Phase.DONE, null);
    return Optional.of(known.orElse(response));
  }

  /// Keeps what a query took that failed. The state says already that it did.
  private QueryResponse recorded(String id, QueryResponse response) {
    boolean _ = response.ledger() != null && objects.create(id, response);
    return response;
  }

  private QueryResponse logged(String id, Lease lease, Trial trial) {
    QueryResponse response = response(id, lease, trial);
    log.ended(id, response);
    return response;
  }

  private QueryResponse response(String id, Lease lease, Trial trial) {
    QueryRequest request = objects.request(id).orElseThrow().request();
    log.began(id, request.sql());
    if (!lease.isFirst() && !Repeatable.isRepeatable(request.sql())) {
      return QueryResponse.failed(id, Failure.LOST_WHILE_WRITING);
    }
    try (SessionContext session = session(request)) {
      return run(session, id, lease, request, trial);
    } catch (Trial.Exceeded e) {
      lease.giveBack();
      throw e;
    } catch (RuntimeException | Error e) {
      return QueryResponse.failed(id, Failure.message(e));
    }
  }

  private SessionContext session(QueryRequest request) {
    SessionBuilder builder = sessions.get().store(objects.store()).root(objects.root());
    request.views().forEach(builder::view);
    String catalog = request.catalog();
    String schema = request.schema();
    if (request.budgetDollars() != null) {
      SessionBuilder _ = builder.budget(request.budgetDollars());
    }
    if (catalog != null && schema == null) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "A request that names a catalog names a schema too");
    }
    if (schema != null) {
      SessionBuilder _ =
          catalog == null ? builder.schema(schema) : builder.defaults(catalog, schema);
    }
    return builder.build();
  }

  private QueryResponse run(
      SessionContext session, String id, Lease lease, QueryRequest request, Trial trial) {
    try (QueryHandle query = session.run(id, lease.epoch(), request.sql(), request.parameters());
        var limit = new TimeLimit(query, request.millisMax());
        var tried = new TimeLimit(query, trial.time().toMillis());
        var _ = new ControlWatch(objects.store(), objects.control(id), interval, query::cancel)) {
      if (query.progress().bytesToRead() > trial.bytes()
          || query.estimate().seconds().low() > trial.seconds()) {
        throw new Trial.Exceeded();
      }
      lease.watch(query);
      running.put(id, query);
      try {
        var file = new ResultFile(objects.store(), objects.result(id, lease.epoch()));
        return answer(query, request.format(), file);
      } catch (FrazilException e) {
        if (tried.stopped(e)) {
          throw new Trial.Exceeded();
        }
        return Answers.failed(query, ErrorMessages.encode(limit.explain(e)));
      } finally {
        running.remove(id);
      }
    }
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

  private void pause() {
    try {
      Thread.sleep(interval);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FrazilException(ErrorCode.CANCELLED, "Waiting for a query was interrupted", e);
    }
  }
}
