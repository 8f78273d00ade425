package io.frazil.coordinator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.frazil.coordinator.CoordinatorHandler;
import io.frazil.coordinator.query.QueryRunner;
import io.frazil.coordinator.query.QuerySteps;
import io.frazil.coordinator.query.Trial;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.store.ObjectLinks;
import io.frazil.engine.store.VersionedStore;
import io.frazil.events.AskQuery;
import io.frazil.events.CancelQuery;
import io.frazil.events.HttpAnswer;
import io.frazil.events.HttpEvent;
import io.frazil.events.Json;
import io.frazil.events.QueryRequest;
import io.frazil.events.RunQuery;
import io.frazil.events.StepQuery;
import io.frazil.events.log.FunctionLog;
import io.frazil.events.log.QueryLog;
import io.frazil.session.SessionBuilder;
import io.frazil.session.SessionContext;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What whoever runs it sees of requests and queries, and that a request is answered in time.
@Timeout(120)
class WatchedDoorTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SECRET = "no-eyes-but-yours";
  private static final String QUERY = "0123456789abcdef";
  private static final Duration BRIEF = Duration.ofMillis(200);

  @TempDir private Path folder;

  private Supplier<SessionBuilder> sessions = SessionContext::builder;

  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private final List<String> handedOver = Collections.synchronizedList(new ArrayList<>());
  private final QueryLog log =
      new QueryLog(
          FunctionLog.of(
              Map.of("AWS_LAMBDA_FUNCTION_NAME", "frazil-http", "FRAZIL_LOG_LEVEL", "DEBUG"),
              lines::add));

  @Test
  void aRequestIsALineWithItsQuery() {
    HttpDoor door = door(runner(SessionContext::builder));
    String id = submitted(door, "SELECT 1");
    HttpAnswer _ = ask(door, "GET", "/v1/queries/" + id, null);
    HttpAnswer _ = ask(door, "GET", "/v1/queries/" + SECRET, null);
    HttpAnswer _ = ask(door, "PUT", "/" + SECRET, null);
    List<JsonNode> said = said("Request answered");
    assertThat(said)
        .extracting(line -> line.path("route").asText("-") + " " + line.path("status").asInt())
        .containsExactly(
            "POST /v1/queries 200",
            "GET /v1/queries/{id} 200",
            "GET /v1/queries/{id} 404",
            "- 404");
    assertThat(said)
        .extracting(line -> line.path("query").asText("-"))
        .containsExactly(id, id, "-", "-");
    assertThat(said)
        .allSatisfy(line -> {
          assertThat(line.path("request").asText()).isEqualTo("r1");
          assertThat(line.path("millis").isIntegralNumber()).isTrue();
        });
    assertThat(lines).noneMatch(line -> line.contains(SECRET));
  }

  @Test
  void aQueryThatFailsByOurFaultSaysWhereAndNoValue() {
    HttpDoor door = door(runner(WatchedDoorTest::broken));
    HttpAnswer answer = ask(door, "POST", "/v1/queries", "{\"sql\": \"SELECT 1\"}");
    assertThat(answer.statusCode()).isEqualTo(500);
    List<JsonNode> broke = said("Internal error");
    assertThat(broke).hasSize(1);
    assertThat(broke.getFirst().path("level").asText()).isEqualTo("ERROR");
    assertThat(broke.getFirst().path("query").asText())
        .isEqualTo(said("Query failed").getFirst().path("query").asText())
        .isNotEmpty();
    assertThat(broke.getFirst().path("trace").toString())
        .contains("java.lang.IllegalStateException", "WatchedDoorTest.broken(WatchedDoorTest.java:")
        .doesNotContain(SECRET);
    assertThat(said("Query failed").getFirst().path("Code").asText()).isEqualTo("INTERNAL");
  }

  @Test
  void aLookAtAQueryThatFailedByOurFaultIsNoFaultOfItsOwn() {
    HttpDoor door = door(runner(WatchedDoorTest::broken));
    HttpAnswer failed = ask(door, "POST", "/v1/queries", "{\"sql\": \"SELECT 1\"}");
    HttpAnswer look = ask(door, "GET", failed.headers().get("location") + "/results", null);
    assertThat(look).isEqualTo(failed);
    assertThat(said("Internal error")).hasSize(1);
    assertThat(lines).filteredOn(line -> json(line).path("Failures").asInt() > 0).hasSize(1);
  }

  /// Somebody who sends a statement that writes again because he is told that he may writes twice.
  @ParameterizedTest
  @EnumSource(names = {"ATTEMPT_LOST", "STORE_UNAVAILABLE", "THROTTLED"})
  void whatAQueryFailedByIsFinal(ErrorCode code) {
    HttpDoor door =
        door(
            runner(() -> {
              throw new FrazilException(code, "gone");
            }));
    HttpAnswer failed = ask(door, "POST", "/v1/queries", "{\"sql\": \"SELECT 1\"}");
    HttpAnswer look = ask(door, "GET", failed.headers().get("location") + "/results", null);
    for (HttpAnswer answer : List.of(failed, look)) {
      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(answer.headers()).doesNotContainKey("retry-after");
      assertThat(json(answer.body()).path("code").asText()).isEqualTo(code.name());
    }
  }

  @Test
  void aRequestThatFailsByOurFaultSaysWhereAndIsCounted() {
    HttpAnswer answer = ask(door(runner(WatchedDoorTest::broken)), "GET", "/v1/tables", null);
    assertThat(answer.statusCode()).isEqualTo(500);
    assertBrokenRequest("-", "r1");
  }

  @ParameterizedTest
  @CsvSource({"GET, ''", "GET, /results", "DELETE, ''"})
  void aRequestAboutAQueryThatFailsByOurFaultNamesTheQuery(String method, String part) {
    HttpAnswer answer =
        ask(door(runnerOnBrokenStore()), method, "/v1/queries/" + QUERY + part, null);
    assertThat(answer.statusCode()).isEqualTo(500);
    assertBrokenRequest(QUERY, "r1");
  }

  @Test
  void aMessageThatFailsByOurFaultSaysWhereAndIsCounted() {
    byte[] _ =
        new CoordinatorHandler(runnerOnBrokenStore())
            .handle(Json.encode(QueryRequest.of("SELECT 1")));
    assertBrokenRequest("-", "-");
  }

  @ParameterizedTest
  @MethodSource
  void aMessageAboutAQueryThatFailsByOurFaultNamesTheQuery(Object message) {
    byte[] _ = new CoordinatorHandler(runnerOnBrokenStore()).handle(Json.encode(message));
    assertBrokenRequest(QUERY, "-");
  }

  static Stream<Object> aMessageAboutAQueryThatFailsByOurFaultNamesTheQuery() {
    return Stream.of(
        StepQuery.of(QUERY), new RunQuery(QUERY), new AskQuery(QUERY), new CancelQuery(QUERY));
  }

  private QueryRunner runnerOnBrokenStore() {
    var store =
        (VersionedStore)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {VersionedStore.class},
                (_, _, _) -> {
                  throw new IllegalStateException(SECRET);
                });
    return new QueryRunner(SessionContext::builder, store, "s3://b/", Duration.ofMillis(10))
        .loggingTo(log);
  }

  private void assertBrokenRequest(String query, String request) {
    List<JsonNode> broke = said("Internal error");
    assertThat(broke).hasSize(1);
    assertThat(broke.getFirst().path("query").asText("-")).isEqualTo(query);
    assertThat(broke.getFirst().path("request").asText("-")).isEqualTo(request);
    assertThat(broke.getFirst().path("Failures").asInt()).isEqualTo(1);
    assertThat(broke.getFirst().path("Code").asText()).isEqualTo("INTERNAL");
    assertThat(broke.getFirst().path("trace")).isNotEmpty();
    assertThat(broke.getFirst().toString()).doesNotContain(SECRET);
  }

  @Test
  void aStepIsALineWithItsQuery() {
    QueryRunner runner = runner(SessionContext::builder);
    String id = runner.queries().submit(QueryRunner.OPERATOR, QueryRequest.of("SELECT 1"));
    var _ = new QuerySteps(runner).step(StepQuery.of(id));
    assertThat(said("Step made"))
        .extracting(line -> line.path("query").asText() + " " + line.path("next").asText())
        .containsExactly(id + " done");
  }

  /// A function does nothing more once it has answered, so a coordinator has to be called before.
  @Test
  void planningThatDoesNotEndIsAnswered202AndHandedOver() throws InterruptedException {
    var planning = new CountDownLatch(1);
    var planner = new AtomicReference<@Nullable Thread>();
    HttpDoor door =
        door(
            runner(() -> {
              planner.set(Thread.currentThread());
              return after(planning);
            }),
            BRIEF);
    HttpAnswer answer = ask(door, "POST", "/v1/queries", "{\"sql\": \"SELECT 7\"}");
    assertThat(answer.statusCode()).isEqualTo(202);
    String location = Objects.requireNonNull(answer.headers().get("location"));
    String id = location.substring("/v1/queries/".length());
    assertThat(handedOver).containsExactly(id);
    // Whoever was called finds it free.
    QueryRunner coordinator = runner(SessionContext::builder);
    assertThat(coordinator.attempt(id, new Trial(Duration.ofMinutes(1), Long.MAX_VALUE)))
        .isEqualTo(Trial.Outcome.SETTLED);
    assertThat(json(ask(door, "GET", location + "/results", null).body()).path("rows"))
        .hasToString("[[7]]");
    // Should planning end later, nobody is called again.
    planning.countDown();
    Objects.requireNonNull(planner.get()).join();
    assertThat(handedOver).hasSize(1);
  }

  @Test
  void planningThatUsesUpTheTrialLeavesTheQuery() {
    HttpDoor door =
        door(
            runner(() -> {
              sleep(Duration.ofMillis(300));
              return SessionContext.builder();
            }),
            BRIEF);
    HttpAnswer answer = ask(door, "POST", "/v1/queries", "{\"sql\": \"SELECT 7\"}");
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(handedOver).hasSize(1);
  }

  @Test
  void whatIsNotKnownInTimeIsAProblem() {
    var planning = new CountDownLatch(1);
    HttpDoor door = door(runner(() -> after(planning)));
    byte[] event = Json.encode(event("POST", "/v1/explain", "{\"sql\": \"SELECT 1\"}"));
    HttpAnswer answer = Json.decode(door.answer(event, Duration.ofMillis(2_200)), HttpAnswer.class);
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("TIME_LIMIT", "longer than the 0 s that an answer may take");
    planning.countDown();
  }

  @Test
  void whatIsKnownInTimeIsAnsweredAsEver() {
    HttpDoor door = door(runner(SessionContext::builder));
    for (String sql : List.of("SELECT 1", "SELECT nope")) {
      byte[] event = Json.encode(event("POST", "/v1/explain", "{\"sql\": \"%s\"}".formatted(sql)));
      HttpAnswer limited =
          Json.decode(door.answer(event, Duration.ofSeconds(60)), HttpAnswer.class);
      HttpAnswer unlimited = Json.decode(door.answer(event), HttpAnswer.class);
      assertThat(limited).isEqualTo(unlimited);
    }
  }

  private static SessionBuilder broken() {
    throw new IllegalStateException("of " + SECRET);
  }

  private static SessionBuilder after(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return SessionContext.builder();
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private QueryRunner runner(Supplier<SessionBuilder> made) {
    sessions = made;
    return new QueryRunner(made, new LocalObjectStore(), folder + "/", Duration.ofMillis(10))
        .loggingTo(log);
  }

  private HttpDoor door(QueryRunner runner) {
    return door(runner, Duration.ofMinutes(1));
  }

  /// @param trial what a query may take within its request
  private HttpDoor door(QueryRunner runner, Duration trial) {
    return new HttpDoor(
            runner.queries(),
            new ShortQueriesHere(runner, new Trial(trial, Long.MAX_VALUE), handedOver::add),
            new Results(
                new LocalObjectStore(),
                (location, lasting) ->
                    new ObjectLinks.Link("https://links" + location, Instant.now().plus(lasting))),
            new SessionCatalog(sessions, SessionContext.MEMORY),
            Duration.ZERO,
            Gateway.withoutAuthorizers("anybody"))
        .loggingTo(log);
  }

  private List<JsonNode> said(String message) {
    return lines.stream()
        .map(WatchedDoorTest::json)
        .filter(line -> line.path("message").asText().equals(message))
        .toList();
  }

  private static String submitted(HttpDoor door, String sql) {
    HttpAnswer answer = ask(door, "POST", "/v1/queries", "{\"sql\": \"%s\"}".formatted(sql));
    return json(answer.body()).path("query").asText();
  }

  private static HttpAnswer ask(HttpDoor door, String method, String path, @Nullable String body) {
    return Json.decode(door.answer(Json.encode(event(method, path, body))), HttpAnswer.class);
  }

  private static HttpEvent event(String method, String path, @Nullable String body) {
    return new HttpEvent(
        HttpEvent.VERSION,
        path,
        "",
        Map.of(),
        new HttpEvent.RequestContext(new HttpEvent.Http(method, path), "r1", null),
        null,
        body,
        false);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
