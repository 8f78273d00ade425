package io.frazil.coordinator.http;

import static io.frazil.coordinator.http.HttpDoorTest.assertProblem;
import static io.frazil.coordinator.http.HttpDoorTest.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.coordinator.query.Queries;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.store.ObjectLinks;
import io.frazil.events.HttpAnswer;
import io.frazil.events.Json;
import io.frazil.events.QueryRequest;
import io.frazil.session.SessionContext;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is asked of the catalog, by names in paths and by statements that do not run.
final class CatalogDoorTest {
  private static final OpenApiDocument OPEN_API = OpenApiDocument.read();

  @TempDir private Path folder;

  /// The gateway has decoded them.
  @Test
  void namesInAPathAreTakenAsTheyStand() {
    HttpDoor door = door(new NamedByThemselves());
    for (String name : List.of("50%", "a%41", "a%2Fb", "a b", "a+b", "größe", "%", "a?b#c")) {
      assertThat(body(get(door, "/v1/tables/" + name)).at("/tables/0").asText()).isEqualTo(name);
      assertThat(body(get(door, "/v1/tables/s/" + name)).at("/columns/0/name").asText())
          .isEqualTo("s." + name);
    }
    assertProblem(get(door, "/v1/tables/s/a/b"), 404, "There is nothing at '/v1/tables/s/a/b'");
  }

  private record NamedByThemselves() implements HttpDoor.CatalogView {
    @Override
    public HttpDoor.Plan explain(QueryRequest request) {
      throw new AssertionError("nothing is explained");
    }

    @Override
    public List<String> schemas() {
      return List.of();
    }

    @Override
    public List<String> tables(String schema) {
      return List.of(schema);
    }

    @Override
    public List<HttpDoor.Column> columns(String schema, String table) {
      return List.of(new HttpDoor.Column(schema + "." + table, "bigint", true));
    }
  }

  @Test
  void whatIsExplainedIsWhatWouldRun() {
    HttpDoor door =
        door(
            new SessionCatalog(
                () -> SessionContext.builder().budgetMax(new BigDecimal("0.5")),
                SessionContext.MEMORY));
    assertProblem(
        explain(door, "{\"sql\": \"SELECT 1\", \"catalog\": \"memory\"}"),
        400,
        "A request that names a catalog names a schema too");
    assertProblem(
        explain(door, "{\"sql\": \"SELECT 1\", \"budgetDollars\": 0.6}"),
        400,
        "The budget of $0.60 is above $0.50, the most that a query may cost here");
    String views = "\"views\": [\"CREATE VIEW v AS SELECT 1 AS n\"], \"budgetDollars\": 0.5";
    assertThat(explain(door, "{\"sql\": \"SELECT n FROM v\", " + views + "}").statusCode())
        .isEqualTo(200);
  }

  private HttpDoor door(HttpDoor.CatalogView catalog) {
    var store = new LocalObjectStore();
    ObjectLinks links = (location, _) -> new ObjectLinks.Link(location, Instant.MAX);
    return new HttpDoor(
        new Queries(store, folder + "/", InstantSource.system()),
        _ -> {},
        new Results(store, links),
        catalog,
        Duration.ZERO,
        Gateway.TRUSTED);
  }

  private static HttpAnswer get(HttpDoor door, String path) {
    return ask(door, "GET", path, null);
  }

  private static HttpAnswer explain(HttpDoor door, String body) {
    return ask(door, "POST", "/v1/explain", body);
  }

  private static HttpAnswer ask(HttpDoor door, String method, String path, @Nullable String body) {
    String caller = "arn:aws:iam::111122223333:user/alice";
    byte[] event = Json.encode(HttpDoorTest.event(method, path, "", body, caller));
    HttpAnswer answer = HttpDoorTest.decoded(door.answer(event));
    OPEN_API.check(method, path, answer);
    return answer;
  }
}
