package io.frazil.coordinator.http;

import io.frazil.engine.error.ErrorClass;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.HttpAnswer;
import io.frazil.events.HttpEvent;
import io.frazil.events.log.QueryLog;
import io.frazil.session.QueryId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What is known of one request, for the line of the log that tells of it. Safe for use by the
/// thread that answers and one that gave up on the answer.
final class Asked {
  private static final String QUERIES = "/v1/queries/";

  private final QueryLog log;
  private final long start = System.nanoTime();

  // All below is guarded by this.
  private @Nullable String request;
  private @Nullable String route;
  private @Nullable String query;

  Asked(QueryLog log) {
    this.log = log;
  }

  synchronized void by(HttpEvent event) {
    request = event.requestContext().requestId();
  }

  synchronized void about(Route.Match match) {
    route = match.route().method() + " " + match.route().path();
    query =
        match.route().path().startsWith(QUERIES + "{id}") && QueryId.isId(match.parameter(0))
            ? match.parameter(0)
            : null;
  }

  /// Tells where an error was thrown that is our own fault.
  synchronized void failed(FrazilException why) {
    if (why.errorClass() == ErrorClass.INTERNAL) {
      log.requestBroke(query, request, why);
    }
  }

  synchronized void answered(HttpAnswer answer) {
    long millis = (System.nanoTime() - start) / 1_000_000;
    String about = query == null ? accepted(answer).orElse(null) : query;
    log.answered(request, route, answer.statusCode(), millis, about);
  }

  /// The query that a request began.
  private static Optional<String> accepted(HttpAnswer answer) {
    return Optional.ofNullable(answer.headers().get("location"))
        .filter(location -> location.startsWith(QUERIES))
        .map(location -> location.substring(QUERIES.length()));
  }
}
