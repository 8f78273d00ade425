package io.frazil.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.frazil.coordinator.http.Gateway;
import io.frazil.coordinator.http.HttpDoor;
import io.frazil.coordinator.http.Results;
import io.frazil.coordinator.http.SessionCatalog;
import io.frazil.coordinator.query.QueryRunner;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.store.ObjectLinks;
import io.frazil.session.PathAccess;
import io.frazil.session.SessionBuilder;
import io.frazil.session.SessionContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever comes in at a door, what goes out is a well-formed answer with a code, and nothing of
/// how the code is made.
@Timeout(180)
class BadInputTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SAMPLES = Path.of("..", "events", "samples");

  /// One with which every mutation is the same again.
  private static final long SEED = 20_260_131;

  private static final int MUTATIONS = 150;

  @TempDir private Path folder;

  private CoordinatorHandler coordinator;
  private HttpHandler http;

  @BeforeEach
  void open() {
    var store = new LocalObjectStore();
    var runner = new QueryRunner(BadInputTest::session, store, folder + "/", Duration.ofMillis(10));
    coordinator = new CoordinatorHandler(runner);
    http = new HttpHandler(door(runner, Gateway.TRUSTED));
  }

  private static HttpDoor door(QueryRunner runner, Gateway gateway) {
    return new HttpDoor(
        runner.queries(),
        id -> {
          var _ = runner.run(id);
        },
        new Results(
            new LocalObjectStore(),
            (location, lasting) -> new ObjectLinks.Link(location, Instant.now().plus(lasting))),
        new SessionCatalog(BadInputTest::session, SessionContext.MEMORY),
        Duration.ofSeconds(20),
        gateway);
  }

  private static SessionBuilder session() {
    return SessionContext.builder().threads(1).paths(PathAccess.under("")).readOnly();
  }

  static Stream<List<String>> requests() {
    String huge = "x".repeat(1_000_001);
    return Stream.of(
        List.of("", "INVALID_MESSAGE", "it is empty"),
        List.of("{", "INVALID_MESSAGE", "Unexpected end-of-input"),
        List.of("{\"sql\": \"SELECT 1", "INVALID_MESSAGE", "Unexpected end-of-input"),
        List.of("null", "INVALID_MESSAGE", "it may not be null"),
        List.of("[]", "INVALID_MESSAGE", "QueryRequest cannot be read"),
        List.of("7", "INVALID_MESSAGE", "QueryRequest cannot be read"),
        List.of("\"SELECT 1\"", "INVALID_MESSAGE", "QueryRequest cannot be read"),
        List.of("{\"Records\": []}", "INVALID_MESSAGE", "QueryRequest cannot be read"),
        List.of(
            "{\"sql\": \"SELECT 1\", \"version\": 9}", "INVALID_MESSAGE", "'version' is not known"),
        List.of("{\"sql\": \"a\", \"sql\": \"b\"}", "INVALID_MESSAGE", "'sql' is there twice"),
        List.of("{\"sql\": \"a\"} x", "INVALID_MESSAGE", "QueryRequest cannot be read"),
        List.of("{\"sql\": \"" + huge + "\"}", "INVALID_MESSAGE", "at most 1000000 characters"),
        List.of("{\"sql\": \"\\ud800\"}", "INVALID_MESSAGE", "half of a character"),
        List.of("{\"\\ud800\": 1}", "INVALID_MESSAGE", "QueryRequest cannot be read"),
        List.of("{\"sql\": \"SELECT 1\", \"format\": \"xml\"}", "INVALID_MESSAGE", "rows, arrow"),
        List.of("{\"sql\": \"SELECT 1\", \"format\": 0}", "INVALID_MESSAGE", "cannot be read"),
        List.of("{\"sql\": \"SELECT 1\", \"millisMax\": 0}", "INVALID_MESSAGE", "positive"),
        List.of("{\"sql\": \"SELECT 1\", \"millisMax\": 1.5}", "INVALID_MESSAGE", "read"),
        List.of("{\"sql\": \"SELECT 1\", \"millisMax\": \"1\"}", "INVALID_MESSAGE", "read"),
        List.of("{\"sql\": \"SELECT 1\", \"millisMax\": 1e999999999}", "INVALID_MESSAGE", "read"),
        List.of(
            "{\"sql\": \"SELECT 1\", \"millisMax\": 99999999999999999999}",
            "INVALID_MESSAGE",
            "'millisMax' has to be a whole number from "),
        List.of(
            "{\"sql\": \"SELECT 1\", \"budgetDollars\": 1e999999999}",
            "INVALID_MESSAGE",
            "budgetDollars has too many digits"),
        List.of("{\"sql\": \"SELECT 1\", \"budgetDollars\": -1}", "INVALID_MESSAGE", "positive"),
        List.of("{\"sql\": \"SELECT 1\", \"budgetDollars\": NaN}", "INVALID_MESSAGE", "NaN"),
        List.of(
            "{\"sql\": \"SELECT ?\", \"parameters\": [1e999999999]}",
            "INVALID_MESSAGE",
            "a number of at most 400 digits"),
        List.of(
            "{\"sql\": \"SELECT ?\", \"parameters\": [1e-999999999]}",
            "INVALID_MESSAGE",
            "a number of at most 400 digits"),
        List.of(
            "{\"sql\": \"SELECT ?\", \"parameters\": [" + "9".repeat(2_000) + "]}",
            "INVALID_MESSAGE",
            "exceeds the maximum"),
        List.of("{\"sql\": \"SELECT ?\", \"parameters\": [{}]}", "INVALID_MESSAGE", "parameter"),
        List.of(
            "{\"sql\": \"SELECT ?\", \"parameters\": " + "[".repeat(2_000),
            "INVALID_MESSAGE",
            "'parameters[0]' has to be a string"),
        List.of("{\"sql\": \"SELECT ?\", \"parameters\": []}", "INVALID_ARGUMENT", "has no value"),
        List.of("{\"sql\": \"SELECT 1\", \"views\": [null]}", "INVALID_MESSAGE", "'views[0]' may"),
        List.of(
            "{\"sql\": \"SELECT 1\", \"views\": [\"DROP TABLE t\"]}",
            "INVALID_ARGUMENT",
            "CREATE VIEW"),
        List.of("{\"sql\": \"SELECT 1\", \"token\": \"../x\"}", "INVALID_MESSAGE", "token must"),
        List.of("{\"sql\": \"SELECT * FROM '/etc/passwd'\"}", "PERMISSION_DENIED", "/etc/passwd"),
        List.of("{\"sql\": \"DROP TABLE t\"}", "PERMISSION_DENIED", "only reads"),
        List.of(
            "{\"sql\": \"SELECT " + "(".repeat(20_000) + "\"}",
            "NOT_SUPPORTED",
            "at most 1,000 parentheses may be open at once"),
        List.of("{\"run\": \"../../etc\"}", "INVALID_MESSAGE", "run must be the id of a query"),
        List.of("{\"run\": \"0123456789abcdef\"}", "QUERY_NOT_FOUND", "0123456789abcdef"),
        List.of("{\"run\": 7}", "INVALID_MESSAGE", "'run' has to be a string"),
        List.of("{\"status\": \"x\"}", "INVALID_MESSAGE", "status must be the id of a query"),
        List.of("{\"cancel\": \"0123456789abcdef\"}", "QUERY_NOT_FOUND", "There is no query"));
  }

  static Stream<List<String>> steps() {
    return Stream.of(
        List.of("{\"step\": \"x\"}", "INVALID_MESSAGE", "step must be the id of a query"),
        List.of("{\"step\": \"0123456789abcdef\"}", "QUERY_NOT_FOUND", "0123456789abcdef"),
        List.of(
            "{\"step\": \"0123456789abcdef\", \"execution\": \"a/b\"}",
            "INVALID_MESSAGE",
            "execution must be the name of an execution"));
  }

  @ParameterizedTest
  @MethodSource({"requests", "steps"})
  void theOperatorsDoorAnswersWithAnError(List<String> row) {
    byte[] request = row.get(0).getBytes(StandardCharsets.UTF_8);
    JsonNode error = json(coordinator.handle(request)).path("error");
    assertError(error, "message");
    assertThat(error.path("message").asText()).contains(row.get(2)).hasSizeLessThan(2_000);
    if (!row.get(1).isEmpty()) {
      assertThat(error.path("code").asText()).isEqualTo(row.get(1));
    }
  }

  @ParameterizedTest
  @MethodSource("requests")
  void theHttpDoorAnswersWithTheSame(List<String> row) {
    if (row.get(0).matches("\\{\"(run|status|cancel)\".*")) {
      return;
    }
    byte[] event = JSON.createObjectNode().toString().getBytes(StandardCharsets.UTF_8);
    assertProblem(http.handle(event));
    JsonNode problem = assertProblem(http.handle(submit(row.get(0))));
    assertThat(problem.path("status").asInt()).isBetween(400, 422);
    if (!row.get(1).isEmpty()) {
      assertThat(problem.path("code").asText()).isEqualTo(row.get(1));
    }
  }

  @Test
  void textThatIsNotUtf8IsRefused() {
    byte[] latin = "{\"sql\": \"SELECT '\u00e9'\"}".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(json(coordinator.handle(latin)).at("/error/message").asText())
        .isEqualTo("QueryRequest cannot be read: it is not text in UTF-8");
    assertProblem(http.handle(latin));
  }

  @Test
  void aMessageThatIsTooLargeIsRefusedUnread() {
    byte[] large = new byte[6_000_001];
    Arrays.fill(large, (byte) ' ');
    assertThat(json(coordinator.handle(large)).at("/error/message").asText())
        .contains("at most 6000000 are read");
    assertProblem(http.handle(large));
    JsonNode body = assertProblem(http.handle(submit(" ".repeat(4_000_001))));
    assertThat(body.path("code").asText()).isEqualTo("REQUEST_TOO_LARGE");
    assertThat(body.path("detail").asText()).contains("4000000 is the most");
  }

  @ParameterizedTest
  @CsvSource({
    "http-bad-no-caller, 401, UNAUTHORIZED",
    "http-bad-path, 404, PATH_NOT_FOUND",
    "http-bad-method, 405, METHOD_NOT_ALLOWED",
    "http-bad-version, 400, INVALID_MESSAGE",
    "http-bad-body, 400, INVALID_MESSAGE",
    "http-bad-member, 400, INVALID_MESSAGE",
    "http-bad-id, 404, QUERY_NOT_FOUND",
    "http-bad-sql, 400, TABLE_NOT_FOUND",
    "http-bad-file, 403, PERMISSION_DENIED",
    "http-status, 404, QUERY_NOT_FOUND",
    "http-results, 404, QUERY_NOT_FOUND",
    "http-results-parquet, 404, QUERY_NOT_FOUND",
    "http-cancel, 404, QUERY_NOT_FOUND",
    "http-tables, 404, SCHEMA_NOT_FOUND",
    "http-table, 404, TABLE_NOT_FOUND",
    "not-ours, 400, INVALID_MESSAGE",
    "query-request, 400, INVALID_MESSAGE"
  })
  void aSampleThatCannotBeAnsweredIsAProblem(String sample, int status, String code) {
    JsonNode problem = assertProblem(http.handle(sample(sample)));
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("code").asText()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "http-submit",
    "http-submit-jwt",
    "http-submit-base64",
    "http-list",
    "http-explain",
    "http-schemas"
  })
  void aSampleThatCanBeAnsweredIs(String sample) {
    assertThat(json(http.handle(sample(sample))).path("statusCode").asInt()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "page=1, 400, INVALID_ARGUMENT",
    "page=-1.0, 400, INVALID_ARGUMENT",
    "page=4294967295.0, 400, INVALID_ARGUMENT",
    "page=0.4294967295, 400, INVALID_ARGUMENT",
    "page=%ZZ, 400, INVALID_ARGUMENT",
    "limit=0, 400, INVALID_ARGUMENT",
    "limit=10001, 400, INVALID_ARGUMENT",
    "limit=1e3, 400, INVALID_ARGUMENT",
    "limit=1&limit=2, 400, INVALID_ARGUMENT",
    "format=, 400, INVALID_ARGUMENT",
    "format=JSON, 400, INVALID_ARGUMENT",
    "nope=1, 400, INVALID_ARGUMENT",
    "page=9.9, 200, ",
    "page=2147483647.0, 200, "
  })
  void parametersThatAreWrongAreRefused(String query, int status, @Nullable String code) {
    JsonNode done = json(http.handle(submit("{\"sql\": \"SELECT 1\"}")));
    String event =
        new String(sample("http-results"), StandardCharsets.UTF_8)
            .replaceAll("/v1/queries/\\w+", done.at("/headers/location").asText())
            .replace("page=0.0&limit=100", query);
    byte[] request = event.getBytes(StandardCharsets.UTF_8);
    if (code == null) {
      assertThat(json(http.handle(request)).path("statusCode").asInt()).isEqualTo(status);
      return;
    }
    JsonNode problem = assertProblem(http.handle(request));
    assertThat(problem.path("status").asInt()).isEqualTo(status);
    assertThat(problem.path("code").asText()).isEqualTo(code);
  }

  @Test
  void anEventThatApiGatewayDidNotMakeIsRefused() {
    var runner =
        new QueryRunner(
            BadInputTest::session, new LocalObjectStore(), folder + "/", Duration.ofMillis(10));
    var guarded = new HttpHandler(door(runner, Gateway.withKey("k3y")));
    String event = new String(sample("http-list"), StandardCharsets.UTF_8);
    for (String variables : List.of("", "\"stageVariables\": {\"gatewayKey\": \"other\"},")) {
      JsonNode problem =
          assertProblem(
              guarded.handle(
                  event.replaceFirst("\\{", "{" + variables).getBytes(StandardCharsets.UTF_8)));
      assertThat(problem.path("status").asInt()).isEqualTo(403);
    }
    String genuine = event.replaceFirst("\\{", "{\"stageVariables\": {\"gatewayKey\": \"k3y\"},");
    assertThat(
            json(guarded.handle(genuine.getBytes(StandardCharsets.UTF_8)))
                .path("statusCode")
                .asInt())
        .isEqualTo(200);
  }

  @Test
  void whateverBecomesOfASampleThereIsAWellFormedAnswer() throws IOException {
    var random = new Random(SEED);
    try (Stream<Path> samples = Files.list(SAMPLES)) {
      for (Path sample : samples.sorted().toList()) {
        byte[] bytes = Files.readAllBytes(sample);
        for (int i = 0; i < MUTATIONS; i++) {
          byte[] mutant = mutated(bytes, random);
          String what =
              "seed %d, %s, mutation %d: %s"
                  .formatted(SEED, sample, i, new String(mutant, StandardCharsets.ISO_8859_1));
          JsonNode answer = json(http.handle(mutant));
          assertThat(answer.path("statusCode").asInt()).as(what).isBetween(200, 429);
          assertThat(json(answer.path("body").asText().getBytes(StandardCharsets.UTF_8)).isObject())
              .as(what)
              .isTrue();
          JsonNode response = json(coordinator.handle(mutant));
          if (response.has("error") && !response.path("error").isNull()) {
            assertThat(response.at("/error/code").asText()).as(what).isNotEqualTo("INTERNAL");
            assertError(response.path("error"), "message");
          }
        }
      }
    }
  }

  /// A few bytes changed, left out, doubled, or everything behind one.
  private static byte[] mutated(byte[] bytes, Random random) {
    byte[] mutant = bytes.clone();
    for (int n = random.nextInt(3); n >= 0; n--) {
      int at = random.nextInt(mutant.length);
      int to = Math.min(mutant.length, at + 1 + random.nextInt(20));
      mutant =
          switch (random.nextInt(5)) {
            case 0 ->
                concat(
                    Arrays.copyOf(mutant, at),
                    "\"{}[]:,0e-\\u".charAt(random.nextInt(11)),
                    Arrays.copyOfRange(mutant, at, mutant.length));
            case 1 ->
                concat(
                    Arrays.copyOf(mutant, at),
                    (char) random.nextInt(256),
                    Arrays.copyOfRange(mutant, at + 1, mutant.length));
            case 2 ->
                concat(
                    Arrays.copyOf(mutant, at), ' ', Arrays.copyOfRange(mutant, to, mutant.length));
            case 3 ->
                concat(
                    Arrays.copyOf(mutant, to), ' ', Arrays.copyOfRange(mutant, at, mutant.length));
            default -> Arrays.copyOf(mutant, Math.max(1, at));
          };
    }
    return mutant;
  }

  private static byte[] concat(byte[] head, char between, byte[] tail) {
    byte[] all = Arrays.copyOf(head, head.length + 1 + tail.length);
    all[head.length] = (byte) between;
    System.arraycopy(tail, 0, all, head.length + 1, tail.length);
    return all;
  }

  private static JsonNode assertProblem(byte[] answer) {
    JsonNode decoded = json(answer);
    assertThat(decoded.at("/headers/content-type").asText()).isEqualTo("application/problem+json");
    JsonNode problem = json(decoded.path("body").asText().getBytes(StandardCharsets.UTF_8));
    assertThat(problem.path("status").asInt()).isEqualTo(decoded.path("statusCode").asInt());
    assertError(problem, "detail");
    return problem;
  }

  /// A stable code and a sentence, and no trace of classes.
  private static void assertError(JsonNode error, String message) {
    String text = error.path(message).asText();
    assertThat(text).isNotEmpty().doesNotContain("\tat ", "Exception", "java.lang");
    String code = error.path("code").asText();
    assertThat(code).isNotEmpty().as(text).isNotEqualTo(ErrorCode.INTERNAL.name());
  }

  private static byte[] submit(String body) {
    var event = (ObjectNode) json(sample("http-submit"));
    return event.put("body", body).toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] sample(String name) {
    try {
      return Files.readAllBytes(SAMPLES.resolve(name + ".json"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode json(byte[] bytes) {
    try {
      return JSON.readTree(bytes);
    } catch (IOException e) {
      throw new AssertionError("no JSON: " + new String(bytes, StandardCharsets.UTF_8), e);
    }
  }
}
