package io.frazil.coordinator.http;

import io.frazil.coordinator.query.Queries;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.HttpAnswer;
import io.frazil.events.HttpEvent;
import io.frazil.events.Json;
import io.frazil.events.MessageException;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// Answers requests to the HTTP API. What it is asked for is described by `openapi.yaml`, which a
/// test holds against [Route].
public final class HttpDoor {
  private static final String LOCATION = "location";

  private final Queries queries;
  private final Starter starter;
  private final Results results;
  private final CatalogView catalog;
  private final Duration wait;

  /// Has a coordinator take on a query that was accepted; what comes of it is read from its state.
  @FunctionalInterface
  public interface Starter {
    void start(String id);
  }

  /// @param wait how long `POST /v1/queries` waits for a query to end before it answers 202
  public HttpDoor(
      Queries queries, Starter starter, Results results, CatalogView catalog, Duration wait) {
    this.queries = queries;
    this.starter = starter;
    this.results = results;
    this.catalog = catalog;
    this.wait = wait;
  }

  /// Answers one request. Whatever goes wrong is in the answer, as `application/problem+json`.
  public HttpAnswer answer(HttpEvent event) {
    try {
      String caller = Callers.of(event);
      Route.Match match = Route.match(event.requestContext().http().method(), event.rawPath());
      return answer(match, caller, event);
    } catch (MessageException e) {
      return Problems.of(
          new FrazilException(ErrorCode.INVALID_MESSAGE, String.valueOf(e.getMessage()), e), null);
    } catch (HttpFailure e) {
      return e.answer();
    } catch (FrazilException e) {
      return Problems.of(e, null);
    } catch (RuntimeException | Error e) {
      return Problems.of(
          new FrazilException(ErrorCode.INTERNAL, "Internal error of the HTTP door: " + e, e),
          null);
    }
  }

  private HttpAnswer answer(Route.Match match, String caller, HttpEvent event) {
    return switch (match.route()) {
      case SUBMIT -> submit(caller, request(event));
      case LIST -> json(200, Map.of("queries", queries.recent(caller)));
      case STATUS -> json(200, queries.status(caller, match.parameter(0)));
      case RESULTS ->
          json(200, results.page(queries.response(caller, match.parameter(0)), Query.of(event)));
      case CANCEL -> {
        queries.cancel(caller, match.parameter(0));
        yield json(202, queries.status(caller, match.parameter(0)));
      }
      case EXPLAIN -> json(200, Map.of("plan", catalog.explain(request(event))));
      case SCHEMAS -> json(200, Map.of("schemas", catalog.schemas()));
      case TABLES -> json(200, Map.of("tables", catalog.tables(match.parameter(0))));
      case TABLE ->
          json(200, Map.of("columns", catalog.columns(match.parameter(0), match.parameter(1))));
    };
  }

  /// 200 with the result where the query ends within the wait, else 202 and where to ask.
  private HttpAnswer submit(String caller, QueryRequest request) {
    String id = queries.submit(caller, request);
    starter.start(id);
    QueryStatus status = await(caller, id);
    var headers = Map.of(LOCATION, "/v1/queries/" + id);
    return switch (status.state()) {
      case ACCEPTED, RUNNING -> Answers.json(202, headers, status);
      case DONE ->
          Answers.json(200, headers, results.page(queries.response(caller, id), Query.FIRST));
      case FAILED, CANCELLED -> Problems.of(status);
    };
  }

  private QueryStatus await(String caller, String id) {
    long end = System.nanoTime() + wait.toNanos();
    long pauseMillis = 20;
    QueryStatus status = queries.status(caller, id);
    while (!status.state().isTerminal() && System.nanoTime() < end) {
      sleep(Math.min(pauseMillis, Math.max(1, (end - System.nanoTime()) / 1_000_000)));
      pauseMillis = Math.min(250, pauseMillis * 2);
      status = queries.status(caller, id);
    }
    return status;
  }

  private static QueryRequest request(HttpEvent event) {
    byte[] body = body(event);
    QueryRequest request = Json.decode(body, QueryRequest.class);
    String key = event.headers().get("idempotency-key");
    if (request.token() != null && key != null && !key.equals(request.token())) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "The header Idempotency-Key and the token differ");
    }
    String token = request.token() == null ? key : request.token();
    return request.withToken(token).withFormat(QueryRequest.Format.ARROW);
  }

  private static byte[] body(HttpEvent event) {
    String body = event.body();
    if (body == null || body.isEmpty()) {
      throw new FrazilException(ErrorCode.INVALID_MESSAGE, "The request has no body");
    }
    if (!Boolean.TRUE.equals(event.isBase64Encoded())) {
      return body.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw new FrazilException(ErrorCode.INVALID_MESSAGE, "The body is not base 64", e);
    }
  }

  private static HttpAnswer json(int status, Object content) {
    return Answers.json(status, Map.of(), content);
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FrazilException(ErrorCode.CANCELLED, "Waiting for the query was interrupted", e);
    }
  }

  /// What of the catalogs is shown.
  public interface CatalogView {
    /// The plan of a query as EXPLAIN prints it, line by line.
    List<String> explain(QueryRequest request);

    List<String> schemas();

    /// @throws FrazilException SCHEMA_NOT_FOUND
    List<String> tables(String schema);

    /// @throws FrazilException TABLE_NOT_FOUND
    List<Column> columns(String schema, String table);
  }

  /// A table's column.
  public record Column(String name, String type, boolean nullable) {}
}
