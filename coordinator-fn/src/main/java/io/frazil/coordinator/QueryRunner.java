package io.frazil.coordinator;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.task.ControlWatch;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.session.QueryHandle;
import io.frazil.session.QueryId;
import io.frazil.session.SessionBuilder;
import io.frazil.session.SessionContext;
import io.frazil.session.dispatch.ErrorMessages;
import io.frazil.session.statistics.QueryProgress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs queries that come as messages, each in a session of its own. Safe for use by many threads.
public final class QueryRunner {
  /// Who asks through the operators' door, which knows no callers.
  private static final String OPERATOR = "";

  private final Supplier<SessionBuilder> sessions;
  private final ObjectStore store;
  private final String root;
  private final Duration controlInterval;
  private final Map<String, QueryHandle> running = new ConcurrentHashMap<>();

  /// @param sessions what a request's session is made of, before the request's own settings
  /// @param store where the objects of queries lie
  /// @param root the location under which `queries/<id>/` lies, ending with `/`
  /// @param controlInterval how often it is asked whether a query was cancelled
  public QueryRunner(
      Supplier<SessionBuilder> sessions, ObjectStore store, String root, Duration controlInterval) {
    this.sessions = sessions;
    this.store = store;
    this.root = root;
    this.controlInterval = controlInterval;
  }

  /// The id of the query that a request with this token is.
  public static String id(String token) {
    return QueryId.of(OPERATOR, token);
  }

  /// How far a query is that runs here now.
  public Optional<QueryProgress> progress(String id) {
    return Optional.ofNullable(running.get(id)).map(QueryHandle::progress);
  }

  /// Runs one query to its end. Whatever goes wrong is in the response.
  QueryResponse run(QueryRequest request) {
    String token = request.token();
    String id = token == null ? QueryId.next() : id(token);
    try (SessionContext session = session(request)) {
      return run(session, id, request);
    } catch (FrazilException e) {
      return QueryResponse.failed(id, ErrorMessages.encode(e));
    } catch (RuntimeException | Error e) {
      return QueryResponse.failed(id, ErrorMessages.encode(internal(e)));
    }
  }

  private SessionContext session(QueryRequest request) {
    SessionBuilder builder = sessions.get().store(store).root(root);
    request.views().forEach(builder::view);
    String catalog = request.catalog();
    String schema = request.schema();
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

  private QueryResponse run(SessionContext session, String id, QueryRequest request) {
    String folder = QueryId.folder(root, id);
    try (QueryHandle query = session.run(id, request.sql(), request.parameters());
        var limit = new TimeLimit(query, request.millisMax())) {
      if (running.putIfAbsent(id, query) != null) {
        throw new FrazilException(
            ErrorCode.ALREADY_EXISTS, "A query of the same token is running already");
      }
      try (var _ =
          new ControlWatch(store, QueryId.control(folder), controlInterval, query::cancel)) {
        return answer(query, request, folder);
      } catch (FrazilException e) {
        throw limit.explain(e);
      } finally {
        running.remove(id);
      }
    }
  }

  private QueryResponse answer(QueryHandle query, QueryRequest request, String folder) {
    return switch (query.kind()) {
      case ROWS -> rows(query, request.format(), folder);
      case COUNT -> Answers.without(query, query.updatedRows());
      case DONE -> Answers.without(query, null);
    };
  }

  private QueryResponse rows(
      QueryHandle query, QueryRequest.@Nullable Format format, String folder) {
    var file = new ResultFile(store, folder + "result.arrow");
    return switch (format == null ? QueryRequest.Format.ROWS : format) {
      case ROWS -> Answers.rows(query, file);
      case ARROW -> Answers.file(query, file);
    };
  }

  private static FrazilException internal(Throwable e) {
    return new FrazilException(ErrorCode.INTERNAL, "Internal error in the coordinator: " + e, e);
  }
}
