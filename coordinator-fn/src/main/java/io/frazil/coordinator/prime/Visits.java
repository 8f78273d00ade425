package io.frazil.coordinator.prime;

import io.frazil.coordinator.http.HttpDoor;
import io.frazil.coordinator.http.Results;
import io.frazil.events.HttpAnswer;
import io.frazil.events.HttpEvent;
import io.frazil.events.Json;
import io.frazil.events.QueryRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Asks the HTTP door as its callers do: each query, and beside it in turns all else that there is
/// to ask.
final class Visits {
  private static final String QUERIES = "/v1/queries";
  private static final HttpEvent.Authorizer CALLER =
      new HttpEvent.Authorizer(
          new HttpEvent.Iam("arn:aws:iam::000000000000:user/priming", null), null);

  private int number;

  /// @throws IllegalStateException where an answer is none of success
  void ask(HttpDoor door, String sql) {
    byte[] request = Json.encode(QueryRequest.of(sql));
    HttpAnswer answer = ask(door, "POST", QUERIES, "", request);
    byte[] page = answer.body().getBytes(StandardCharsets.UTF_8);
    if (Json.decode(page, Results.Page.class).columns().isEmpty()) {
      // A statement that writes.
      return;
    }
    String query = Objects.requireNonNull(answer.headers().get("location"));
    switch (number++ % 7) {
      case 0 -> get(door, query, "");
      case 1 -> get(door, query + "/results", "");
      case 2 -> get(door, query + "/results", "format=arrow");
      case 3 -> get(door, QUERIES, "limit=10");
      case 4 -> get(door, "/v1/tables", "");
      case 5 -> get(door, "/v1/tables/main/lines", "");
      default -> ask(door, "POST", "/v1/explain", "", request);
    }
  }

  private static void get(HttpDoor door, String path, String query) {
    HttpAnswer _ = ask(door, "GET", path, query, null);
  }

  private static HttpAnswer ask(
      HttpDoor door, String method, String path, String query, byte @Nullable [] body) {
    var event =
        new HttpEvent(
            HttpEvent.VERSION,
            path,
            query,
            Map.of("content-type", "application/json", "host", "priming"),
            new HttpEvent.RequestContext(new HttpEvent.Http(method, path), "priming", CALLER),
            null,
            body == null ? null : new String(body, StandardCharsets.UTF_8),
            false);
    HttpAnswer answer = Json.decode(door.answer(Json.encode(event)), HttpAnswer.class);
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(
          "%s %s was answered by %d: %s"
              .formatted(method, path, answer.statusCode(), answer.body()));
    }
    return answer;
  }
}
