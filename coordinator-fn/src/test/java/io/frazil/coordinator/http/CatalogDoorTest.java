package io.frazil.coordinator.http;

import static io.frazil.coordinator.http.HttpDoorTest.assertProblem;
import static io.frazil.coordinator.http.HttpDoorTest.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.frazil.coordinator.query.Queries;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.store.ObjectLinks;
import io.frazil.events.HttpAnswer;
import io.frazil.events.Json;
import io.frazil.events.QueryRequest;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.iceberg.LocalWarehouse;
import io.frazil.session.QueryHandle;
import io.frazil.session.SessionBuilder;
import io.frazil.session.SessionContext;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

  @Test
  void theCatalogComesByPages() {
    HttpDoor door = door(new NumberedTables(25));
    assertThat(names(door, "/v1/tables", "schemas", 1)).containsExactly("first", "second");
    List<String> tables = names(door, "/v1/tables/first", "tables", 10);
    assertThat(tables).hasSize(25).startsWith("table 10", "table 11").isSorted();
    assertThat(names(door, "/v1/tables/first", "tables", 25)).isEqualTo(tables);
    assertThat(names(door, "/v1/tables/first/t", "columns", 2)).containsExactly("z", "a", "m");
    for (String wrong : List.of("limit=0", "limit=10001", "limit=x", "pages=2")) {
      assertThat(get(door, "/v1/tables/first", wrong).statusCode()).isEqualTo(400);
    }
    assertProblem(
        get(door, "/v1/tables/first/t", "page=z"), 400, "'z' is not a page: take what 'next' says");
  }

  @Test
  void aPageOfTablesBeginsBehindTheLastOneThoughThatIsGone() {
    HttpDoor door = door(new NumberedTables(25));
    JsonNode page = body(get(door, "/v1/tables/first", "limit=1&page=table%2012x"));
    assertThat(page.toString()).isEqualTo("{\"tables\":[\"table 13\"],\"next\":\"table 13\"}");
  }

  /// All pages' items: names, or those of columns.
  private static List<String> names(HttpDoor door, String path, String items, int limit) {
    var names = new ArrayList<String>();
    String page = "";
    do {
      JsonNode some = body(get(door, path, "limit=" + limit + page));
      assertThat(some.path(items)).hasSizeLessThanOrEqualTo(limit).isNotEmpty();
      some.path(items).forEach(item -> names.add(item.path("name").asText(item.asText())));
      String next = URLEncoder.encode(some.path("next").asText(), StandardCharsets.UTF_8);
      page = some.has("next") ? "&page=" + next : "";
    } while (!page.isEmpty());
    return names;
  }

  private record NumberedTables(int count) implements HttpDoor.CatalogView {
    @Override
    public HttpDoor.Plan explain(QueryRequest request) {
      throw new AssertionError("nothing is explained");
    }

    @Override
    public List<String> schemas() {
      return List.of("first", "second");
    }

    @Override
    public List<String> tables(String schema) {
      return IntStream.range(10, 10 + count).mapToObj(i -> "table " + i).toList();
    }

    @Override
    public List<HttpDoor.Column> columns(String schema, String table) {
      return Stream.of("z", "a", "m").map(n -> new HttpDoor.Column(n, "bigint", true)).toList();
    }
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

  @Test
  void whatIsExplainedIsPredicted() {
    try (IcebergCatalog warehouse = LocalWarehouse.open(folder.resolve("warehouse"))) {
      Supplier<SessionBuilder> sessions =
          () ->
              SessionContext.builder()
                  .catalog("iceberg", warehouse)
                  .defaults("iceberg", LocalWarehouse.DEFAULT_SCHEMA);
      try (SessionContext session = sessions.get().build();
          QueryHandle query = session.sql("CREATE TABLE facts AS SELECT 1 AS k")) {
        assertThat(query.updatedRows()).isEqualTo(1);
      }
      HttpDoor door = door(new SessionCatalog(sessions, "iceberg"));
      JsonNode plan = body(explain(door, "{\"sql\": \"SELECT sum(k) FROM facts\"}"));
      assertThat(plan.path("plan").toString()).contains("TableScan(iceberg.main.facts");
      JsonNode estimate = plan.path("estimate");
      assertThat(estimate.at("/stages/0/title").asText()).isEqualTo("scan facts");
      double low = estimate.at("/dollars/low").asDouble();
      assertThat(low).isPositive().isLessThanOrEqualTo(estimate.at("/dollars/high").asDouble());
      assertThat(estimate.at("/bytes/high").asDouble()).isPositive();
    }
  }

  @Test
  void explainingNeverRuns() {
    HttpDoor door = door(new SessionCatalog(SessionContext::builder, SessionContext.MEMORY));
    for (String sql : List.of("ANALYZE SELECT 1", "EXPLAIN ANALYZE SELECT 1", "DROP TABLE t")) {
      assertThat(explain(door, "{\"sql\": \"" + sql + "\"}").statusCode()).isEqualTo(400);
    }
    JsonNode failing = body(explain(door, "{\"sql\": \"SELECT 1 / 0\"}"));
    assertThat(failing.path("plan").toString()).contains("1 / 0");
    assertThat(body(get(door, "/v1/queries")).path("queries")).isEmpty();
  }

  @Test
  void whatCannotBeExplainedIsAProblemWithItsPlace() {
    HttpDoor door = door(new SessionCatalog(SessionContext::builder, SessionContext.MEMORY));
    HttpAnswer wrong = explain(door, "{\"sql\": \"SELECT nope\"}");
    assertProblem(wrong, 400, "line 1:8: ");
    assertThat(body(wrong).path("position").toString()).isEqualTo("{\"line\":1,\"column\":8}");
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
    return get(door, path, "");
  }

  private static HttpAnswer get(HttpDoor door, String path, String query) {
    return ask(door, "GET", path, query, null);
  }

  private static HttpAnswer explain(HttpDoor door, String body) {
    return ask(door, "POST", "/v1/explain", "", body);
  }

  private static HttpAnswer ask(
      HttpDoor door, String method, String path, String query, @Nullable String body) {
    String caller = "arn:aws:iam::111122223333:user/alice";
    byte[] event = Json.encode(HttpDoorTest.event(method, path, query, body, caller));
    HttpAnswer answer = HttpDoorTest.decoded(door.answer(event));
    OPEN_API.check(method, path, answer);
    return answer;
  }
}
