package io.frazil.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.frazil.coordinator.HttpHandler;
import io.frazil.coordinator.query.QueryRunner;
import io.frazil.coordinator.query.Trial;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.store.ObjectLinks;
import io.frazil.events.HttpAnswer;
import io.frazil.events.HttpEvent;
import io.frazil.events.Json;
import io.frazil.session.SessionContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class HttpDoorTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final OpenApiDocument OPEN_API = OpenApiDocument.read();
  private static final String ALICE = "arn:aws:iam::111122223333:user/alice";
  private static final String BOB = "arn:aws:iam::111122223333:user/bob";
  private static final String ENDLESS =
      "WITH d(n) AS (VALUES %s) SELECT count(*) FROM d a, d b, d c, d e, d f, d g"
          .formatted("(1), ".repeat(99) + "(1)");

  @TempDir private Path folder;

  private final ExecutorService coordinators = Executors.newCachedThreadPool();
  private QueryRunner runner;
  private HttpHandler handler;

  @BeforeEach
  void open() {
    runner =
        new QueryRunner(
            SessionContext::builder, new LocalObjectStore(), folder + "/", Duration.ofMillis(10));
    handler = handler(Duration.ofSeconds(60));
  }

  @AfterEach
  void close() {
    coordinators.close();
  }

  @Test
  void aShortQueryIsAnsweredAtOnce() {
    HttpAnswer answer = post("/v1/queries", "{\"sql\": \"SELECT 1 AS n, 0.50 AS d\"}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers()).containsEntry("content-type", "application/json");
    JsonNode body = body(answer);
    assertThat(body.path("rows").toString()).isEqualTo("[[1,\"0.50\"]]");
    assertThat(body.path("columns").path(1).path("type").asText()).isEqualTo("decimal(3,2)");
    assertThat(body.has("next")).isFalse();
    assertThat(answer.headers().get("location"))
        .isEqualTo("/v1/queries/" + body.path("query").asText());
  }

  @Test
  void aLongerQueryIsAcceptedAndCancelled() {
    handler = handler(Duration.ZERO);
    HttpAnswer accepted = post("/v1/queries", "{\"sql\": \"" + ENDLESS + "\"}");
    assertThat(accepted.statusCode()).isEqualTo(202);
    String location = Objects.requireNonNull(accepted.headers().get("location"));
    assertThat(get(location + "/results").statusCode()).isEqualTo(409);
    assertThat(ask("DELETE", location, "", null, ALICE).statusCode()).isEqualTo(202);
    JsonNode state = ended(location);
    assertThat(state.path("state").asText()).isEqualTo("cancelled");
    assertThat(state.path("error").path("message").asText()).isEqualTo("The query was cancelled");
  }

  @Test
  void resultsComeByPages() {
    String digits = "VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)";
    String sql =
        "WITH d(n) AS (%s) SELECT a.n + 10 * b.n + 100 * c.n AS n FROM d a, d b, d c ORDER BY n"
            .formatted(digits);
    JsonNode first = body(post("/v1/queries", "{\"sql\": \"" + sql + "\"}"));
    String results = "/v1/queries/" + first.path("query").asText() + "/results";
    long expected = 0;
    String page = "0.0";
    while (!page.isEmpty()) {
      JsonNode some = body(ask("GET", results, "page=" + page + "&limit=300", null, ALICE));
      for (JsonNode row : some.path("rows")) {
        assertThat(row.path(0).asLong()).isEqualTo(expected++);
      }
      page = some.path("next").asText();
    }
    assertThat(expected).isEqualTo(1_000);
  }

  @Test
  void aFailureIsAProblemWithItsPlace() {
    HttpAnswer answer = post("/v1/queries", "{\"sql\": \"SELECT * FROM missing\"}");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
    JsonNode problem = body(answer);
    assertThat(problem.path("code").asText()).isEqualTo("TABLE_NOT_FOUND");
    assertThat(problem.path("detail").asText()).startsWith("line 1:15: Table 'missing' ");
    assertThat(problem.path("position").toString()).isEqualTo("{\"line\":1,\"column\":15}");
    assertThat(problem.path("query").asText()).isNotEmpty();
  }

  @Test
  void theSameTokenIsTheSameQuery() {
    String body = "{\"sql\": \"SELECT 1\", \"token\": \"t\"}";
    JsonNode first = body(post("/v1/queries", body));
    JsonNode second = body(post("/v1/queries", body));
    assertThat(second.path("query")).isEqualTo(first.path("query"));
    HttpAnswer other = post("/v1/queries", "{\"sql\": \"SELECT 2\", \"token\": \"t\"}");
    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(body(other).path("detail").asText())
        .isEqualTo("The token 't' was that of another request");
  }

  @Test
  void theHeaderIsTheTokenToo() {
    JsonNode first = body(keyed("k", "{\"sql\": \"SELECT 1\"}"));
    for (String same : List.of("", ", \"token\": \"k\"")) {
      JsonNode again = body(keyed("k", "{\"sql\": \"SELECT 1\"" + same + "}"));
      assertThat(again.path("query")).isEqualTo(first.path("query"));
    }
    assertThat(body(keyed("l", "{\"sql\": \"SELECT 1\"}")).path("query"))
        .isNotEqualTo(first.path("query"));
    assertThat(keyed("k", "{\"sql\": \"SELECT 2\"}").statusCode()).isEqualTo(409);
    assertProblem(
        keyed("k", "{\"sql\": \"SELECT 1\", \"token\": \"l\"}"),
        400,
        "The header Idempotency-Key and the token differ");
    assertProblem(keyed("a b", "{\"sql\": \"SELECT 1\"}"), 400, "Idempotency-Key is a token: ");
  }

  /// Submits with a header `Idempotency-Key`.
  private HttpAnswer keyed(String key, String body) {
    HttpEvent event = event("POST", "/v1/queries", "", body, ALICE, Map.of("idempotency-key", key));
    HttpAnswer answer = decoded(handler.handle(Json.encode(event)));
    OPEN_API.check("POST", "/v1/queries", answer);
    return answer;
  }

  @Test
  void nobodySeesAnothersQuery() {
    String location =
        Objects.requireNonNull(
            post("/v1/queries", "{\"sql\": \"SELECT 1\"}").headers().get("location"));
    for (String method : List.of("GET", "DELETE")) {
      HttpAnswer answer = ask(method, location, "", null, BOB);
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(body(answer).path("code").asText()).isEqualTo("QUERY_NOT_FOUND");
    }
    assertThat(ask("GET", location + "/results", "", null, BOB).statusCode()).isEqualTo(404);
    assertThat(body(ask("GET", "/v1/queries", "", null, BOB)).path("queries")).isEmpty();
  }

  @Test
  void recentQueriesComeLatestFirst() throws InterruptedException {
    post("/v1/queries", "{\"sql\": \"SELECT 1\"}");
    Thread.sleep(5);
    post("/v1/queries", "{\"sql\": \"SELECT 2\"}");
    JsonNode queries = body(get("/v1/queries")).path("queries");
    assertThat(queries).hasSize(2);
    assertThat(queries.path(0).path("sql").asText()).isEqualTo("SELECT 2");
    assertThat(queries.path(1).path("state").asText()).isEqualTo("done");
  }

  @Test
  void whatIsNotThereIsAProblem() {
    assertThat(get("/v2/queries").statusCode()).isEqualTo(404);
    assertThat(get("/v1/queries/../../etc").statusCode()).isEqualTo(404);
    assertThat(get("/v1/queries/..%2F..%2Fetc").statusCode()).isEqualTo(404);
    HttpAnswer put = ask("PUT", "/v1/queries", "", null, ALICE);
    assertThat(put.statusCode()).isEqualTo(405);
    assertThat(put.headers()).containsEntry("allow", "POST, GET");
    assertThat(get("/v1/tables/missing").statusCode()).isEqualTo(404);
    assertThat(get("/v1/tables/default/missing").statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsNoRequestIsAProblem() {
    assertProblem(post("/v1/queries", ""), 400, "The request has no body");
    assertProblem(
        post("/v1/queries", "{\"sql\": \"SELECT 1\", \"sqll\": 1}"),
        400,
        "QueryRequest cannot be read: 'sqll' is not known: members are sql, ");
    assertProblem(
        ask("GET", "/v1/queries/0123456789abcdef/results", "page=x", null, ALICE),
        404,
        "There is no query '0123456789abcdef'");
  }

  @Test
  void whoDoesNotSayWhoTheyAreGetsNothing() {
    HttpAnswer answer = ask("GET", "/v1/queries", "", null, null);
    assertThat(answer.statusCode()).isEqualTo(401);
  }

  @Test
  void aQueryWhoseCoordinatorWasLostIsTakenOnByAnother() {
    String location =
        Objects.requireNonNull(
            decoded(
                    handler(id -> {}, Duration.ZERO)
                        .answer(
                            Json.encode(
                                event(
                                    "POST", "/v1/queries", "", "{\"sql\": \"SELECT 7\"}", ALICE))))
                .headers()
                .get("location"));
    assertThat(body(get(location)).path("state").asText()).isEqualTo("accepted");
    runner.run(location.substring("/v1/queries/".length()));
    assertThat(body(get(location + "/results")).path("rows").toString()).isEqualTo("[[7]]");
  }

  @Test
  void aWholeResultIsHadByALink() throws IOException {
    String rows = "VALUES (1, 'a,b', NULL), (2, 'ü', 0.50)";
    JsonNode first = body(post("/v1/queries", "{\"sql\": \"" + rows + "\"}"));
    String results = "/v1/queries/" + first.path("query").asText() + "/results";
    for (String format : List.of("csv", "arrow", "parquet", "csv")) {
      HttpAnswer answer = ask("GET", results, "format=" + format, null, ALICE);
      assertThat(answer.statusCode()).isEqualTo(200);
      JsonNode link = body(answer);
      Path file = Path.of(link.path("location").asText().replace("https://links", ""));
      assertThat(file).hasSize(link.path("bytes").asLong()).hasExtension(format);
      if (format.equals("csv")) {
        assertThat(Files.readString(file).lines().skip(1))
            .containsExactly("1,\"a,b\",", "2,ü,0.50");
      }
    }
    assertProblem(
        ask("GET", results, "format=xml", null, ALICE),
        400,
        "There is no format 'xml': json, arrow, parquet, csv");
    assertThat(ask("GET", results, "format=csv", null, BOB).statusCode()).isEqualTo(404);
  }

  @Test
  void aStatementWithoutRowsHasNothingToFetch() {
    JsonNode done = body(post("/v1/queries", "{\"sql\": \"CREATE VIEW v AS SELECT 1 AS a\"}"));
    assertProblem(
        ask(
            "GET",
            "/v1/queries/" + done.path("query").asText() + "/results",
            "format=csv",
            null,
            ALICE),
        400,
        "The statement gave no rows: there is nothing to fetch");
  }

  @Test
  void anAnswerStaysBelowWhatAFunctionReturns() {
    // Each character takes three bytes, or four behind two backslashes.
    for (String letter : List.of("\u20ac", "\\\\", "\\u0007", "x", "\ud83d\ude00")) {
      String many =
          "WITH d(n) AS (VALUES %s) SELECT a.n, repeat('%s', 1000) AS t FROM d a, d b"
              .formatted("(1), ".repeat(99) + "(1)", letter);
      byte[] event =
          Json.encode(event("POST", "/v1/queries", "", "{\"sql\": \"" + many + "\"}", ALICE));
      byte[] first = handler.handle(event);
      JsonNode page = body(decoded(first));
      assertThat(decoded(first).statusCode()).as(page.path("detail").asText()).isEqualTo(200);
      String results = "/v1/queries/" + page.path("query").asText() + "/results";
      byte[] answer =
          handler.handle(Json.encode(event("GET", results, "limit=10000", null, ALICE)));
      assertThat(decoded(answer).statusCode()).isEqualTo(200);
      assertThat(answer.length).isBetween(1_000_000, 4_100_000);
      assertThat(body(decoded(answer)).has("next")).isTrue();
    }
  }

  @Test
  void aRowThatNoAnswerHoldsIsRefusedWithTheLimit() {
    String large = "SELECT repeat('\u20ac', 2500000) AS t";
    HttpAnswer answer = post("/v1/queries", "{\"sql\": \"" + large + "\"}");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(body(answer).path("code").asText()).isEqualTo("ANSWER_TOO_LARGE");
    assertThat(body(answer).path("detail").asText()).contains("6000000 is the most");
  }

  @Test
  void theListComesByPages() throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      post("/v1/queries", "{\"sql\": \"SELECT " + i + "\"}");
      Thread.sleep(3);
    }
    var seen = new ArrayList<String>();
    String page = "";
    do {
      JsonNode some = body(ask("GET", "/v1/queries", "limit=2" + page, null, ALICE));
      some.path("queries").forEach(query -> seen.add(query.path("sql").asText()));
      page = some.has("next") ? "&page=" + some.path("next").asText() : "";
    } while (!page.isEmpty());
    assertThat(seen).containsExactly("SELECT 4", "SELECT 3", "SELECT 2", "SELECT 1", "SELECT 0");
    assertThat(ask("GET", "/v1/queries", "page=../../x", null, ALICE).statusCode()).isEqualTo(400);
  }

  @Test
  void whatIsShortRunsWithinTheRequestAndTheRestIsHandedOver() {
    var handedOver = new ArrayList<String>();
    var here =
        new ShortQueriesHere(
            runner, new Trial(Duration.ofSeconds(3), Long.MAX_VALUE), handedOver::add);
    handler = new HttpHandler(handler(here, Duration.ofSeconds(4)));
    assertThat(body(post("/v1/queries", "{\"sql\": \"SELECT 7\"}")).path("rows").toString())
        .isEqualTo("[[7]]");
    assertThat(handedOver).isEmpty();
    JsonNode accepted = body(post("/v1/queries", "{\"sql\": \"" + ENDLESS + "\"}"));
    assertThat(accepted.path("state").asText()).isEqualTo("running");
    assertThat(handedOver).containsExactly(accepted.path("query").asText());
    JsonNode writing = body(post("/v1/queries", "{\"sql\": \"DROP TABLE IF EXISTS t\"}"));
    assertThat(writing.path("state").asText()).isEqualTo("accepted");
    JsonNode analyzing = body(post("/v1/queries", "{\"sql\": \"EXPLAIN ANALYZE SELECT 1\"}"));
    assertThat(analyzing.path("rows").toString()).contains("Total: 1 rows in ");
    assertThat(handedOver).hasSize(2);
    // What was given back is another's to take on at once.
    String id = accepted.path("query").asText();
    coordinators.execute(() -> runner.run(id));
    assertThat(ask("DELETE", "/v1/queries/" + id, "", null, ALICE).statusCode()).isEqualTo(202);
    assertThat(ended("/v1/queries/" + id).path("state").asText()).isEqualTo("cancelled");
  }

  @Test
  void aCoordinatorThatCannotBeCalledIsAProblemThatNamesTheQuery() {
    Starter none =
        id -> {
          throw new FrazilException(ErrorCode.STORE_UNAVAILABLE, "none");
        };
    handler = new HttpHandler(handler(none, Duration.ZERO));
    HttpAnswer answer = post("/v1/queries", "{\"sql\": \"SELECT 1\"}");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers()).containsEntry("retry-after", "1");
    assertThat(get("/v1/queries/" + body(answer).path("query").asText()).statusCode())
        .isEqualTo(200);
  }

  private HttpHandler handler(Duration wait) {
    return new HttpHandler(handler(id -> coordinators.execute(() -> runner.run(id)), wait));
  }

  private HttpDoor handler(Starter starter, Duration wait) {
    return new HttpDoor(
        runner.queries(),
        starter,
        new Results(
            new LocalObjectStore(),
            (location, lasting) ->
                new ObjectLinks.Link("https://links" + location, Instant.now().plus(lasting))),
        new SessionCatalog(SessionContext::builder, SessionContext.MEMORY),
        wait,
        Gateway.TRUSTED);
  }

  private JsonNode ended(String location) {
    while (true) {
      JsonNode state = body(get(location));
      if (state.has("ended")) {
        return state;
      }
      Thread.onSpinWait();
    }
  }

  private HttpAnswer get(String path) {
    return ask("GET", path, "", null, ALICE);
  }

  private HttpAnswer post(String path, String body) {
    return ask("POST", path, "", body, ALICE);
  }

  private HttpAnswer ask(
      String method, String path, String query, @Nullable String body, @Nullable String caller) {
    byte[] event = Json.encode(event(method, path, query, body, caller));
    HttpAnswer answer = decoded(handler.handle(event));
    OPEN_API.check(method, path, answer);
    return answer;
  }

  static HttpAnswer decoded(byte[] answer) {
    return Json.decode(answer, HttpAnswer.class);
  }

  static HttpEvent event(
      String method, String path, String query, @Nullable String body, @Nullable String caller) {
    return event(method, path, query, body, caller, Map.of());
  }

  private static HttpEvent event(
      String method,
      String path,
      String query,
      @Nullable String body,
      @Nullable String caller,
      Map<String, String> headers) {
    var authorizer =
        caller == null ? null : new HttpEvent.Authorizer(new HttpEvent.Iam(caller, null), null);
    return new HttpEvent(
        HttpEvent.VERSION,
        path,
        query,
        headers,
        new HttpEvent.RequestContext(new HttpEvent.Http(method, path), "r", authorizer),
        null,
        body,
        false);
  }

  static void assertProblem(HttpAnswer answer, int status, String detail) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(body(answer).path("detail").asText()).startsWith(detail);
  }

  static JsonNode body(HttpAnswer answer) {
    try {
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
