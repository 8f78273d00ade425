package io.frazil.coordinator;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.session.QueryHandle;
import io.frazil.session.SessionBuilder;
import io.frazil.session.SessionContext;
import io.frazil.session.dispatch.ErrorMessages;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Runs queries that come as messages, each in a session of its own.
public final class QueryRunner {
  private final Supplier<SessionBuilder> sessions;

  /// @param sessions what a request's session is made of, before the request's own settings
  public QueryRunner(Supplier<SessionBuilder> sessions) {
    this.sessions = sessions;
  }

  /// Runs one query to its end. Whatever goes wrong is in the response.
  QueryResponse run(QueryRequest request) {
    try (SessionContext session = session(request)) {
      return run(session, request);
    } catch (FrazilException e) {
      return QueryResponse.failed(null, ErrorMessages.encode(e));
    } catch (RuntimeException | Error e) {
      return QueryResponse.failed(null, ErrorMessages.encode(internal(e)));
    }
  }

  private SessionContext session(QueryRequest request) {
    SessionBuilder builder = sessions.get();
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

  private static QueryResponse run(SessionContext session, QueryRequest request) {
    try (QueryHandle query = session.sql(request.sql(), request.parameters());
        var limit = new TimeLimit(query, request.millisMax())) {
      try {
        return answer(query, request.output());
      } catch (FrazilException e) {
        return QueryResponse.failed(query.id(), ErrorMessages.encode(limit.explain(e)));
      } catch (RuntimeException | Error e) {
        return QueryResponse.failed(query.id(), ErrorMessages.encode(internal(e)));
      }
    }
  }

  private static QueryResponse answer(QueryHandle query, @Nullable String output) {
    return switch (query.kind()) {
      case ROWS -> Answers.rows(query, output);
      case COUNT -> Answers.without(query, query.updatedRows());
      case DONE -> Answers.without(query, null);
    };
  }

  private static FrazilException internal(Throwable e) {
    return new FrazilException(ErrorCode.INTERNAL, "Internal error in the coordinator: " + e, e);
  }
}
