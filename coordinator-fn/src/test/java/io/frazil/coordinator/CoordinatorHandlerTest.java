package io.frazil.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import io.frazil.coordinator.fanout.Leader;
import io.frazil.coordinator.query.Queries;
import io.frazil.coordinator.query.QueryRunner;
import io.frazil.engine.arrow.ArrowBatchReader;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.vector.Batch;
import io.frazil.events.AskQuery;
import io.frazil.events.CancelQuery;
import io.frazil.events.ErrorMessage;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.events.Json;
import io.frazil.events.LeadTasks;
import io.frazil.events.LedTasks;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.QueryState.Phase;
import io.frazil.events.QueryStatus;
import io.frazil.events.RunQuery;
import io.frazil.json.JsonText;
import io.frazil.session.SessionContext;
import io.frazil.session.dispatch.Dispatcher;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CoordinatorHandlerTest {
  @TempDir private Path folder;

  private CoordinatorHandler coordinator;

  @BeforeEach
  void start() {
    coordinator =
        new CoordinatorHandler(
            new QueryRunner(
                SessionContext::builder,
                new LocalObjectStore(),
                folder + "/",
                Duration.ofMillis(10)));
  }

  @Test
  void rowsComeWithTheAnswer() {
    QueryResponse response =
        ask(QueryRequest.of("SELECT 1 AS one, 'x' AS text, 0.50 AS price, NULL AS nothing"));
    assertThat(response.error()).isNull();
    assertThat(response.columns())
        .extracting(QueryResponse.Column::name)
        .containsExactly("one", "text", "price", "nothing");
    assertThat(response.rows()).hasSize(1);
    assertThat(response.rows().getFirst()).isEqualTo(Arrays.asList(1L, "x", "0.50", null));
    assertThat(Objects.requireNonNull(response.statistics()).rows()).isEqualTo(1);
    assertThat(Objects.requireNonNull(response.ledger()).dollars()).isPositive();
  }

  @Test
  void rowsComeAsAnArrowFileWhereWanted() {
    QueryResponse response = ask(request("SELECT 7 AS n", QueryRequest.Format.ARROW, "t"));
    assertThat(response.error()).isNull();
    assertThat(response.rows()).isEmpty();
    String output = Objects.requireNonNull(response.output());
    assertThat(output).isEqualTo(folder + "/queries/" + QueryRunner.id("t") + "/result-1.arrow");
    try (var reader =
        ArrowBatchReader.ofFile(new LocalObjectStore().open(output), new MemoryPool(1 << 24))) {
      assertThat(Objects.requireNonNull(reader.next()).rows()).isEqualTo(1);
    }
  }

  @Test
  void anErrorHasItsPlaceInTheText() {
    ErrorMessage error =
        Objects.requireNonNull(ask(QueryRequest.of("SELECT * FROM missing")).error());
    assertThat(error.code()).isEqualTo("TABLE_NOT_FOUND");
    assertThat(error.errorClass()).isEqualTo("USER");
    assertThat(error.position()).isEqualTo(new ErrorMessage.Position(1, 15));
  }

  @Test
  void whatIsNoRequestIsAnErrorToo() {
    byte[] answer = coordinator.handle("SELECT 1".getBytes(StandardCharsets.UTF_8));
    QueryResponse response = Json.decode(answer, QueryResponse.class);
    ErrorMessage error = Objects.requireNonNull(response.error());
    assertThat(error.code()).isEqualTo("INVALID_MESSAGE");
    assertThat(error.message())
        .startsWith("QueryRequest cannot be read: Unrecognized token 'SELECT'");
  }

  @Test
  void aCatalogWithoutASchemaIsRefused() {
    var request =
        new QueryRequest("SELECT 1", List.of(), List.of(), null, "memory", null, null, null, null);
    assertThat(Objects.requireNonNull(ask(request).error()).message())
        .isEqualTo("A request that names a catalog names a schema too");
  }

  @Test
  void rowsThatAreTooManyForAnAnswerComeAsAFileToo() {
    String digits = "VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)";
    String text = "'" + "long ".repeat(10) + "'";
    String many =
        "WITH d(n) AS (%s) SELECT %s, a.n FROM d a, d b, d c, d e, d f".formatted(digits, text);
    QueryResponse response = ask(QueryRequest.of(many));
    assertThat(response.error()).isNull();
    assertThat(response.rows()).isEmpty();
    assertThat(count(Objects.requireNonNull(response.output()))).isEqualTo(100_000);
  }

  @Test
  void columnsCountForWhatAnAnswerHolds() {
    String columns =
        IntStream.range(1000, 3000)
            .mapToObj(i -> "v AS %s%d".formatted("c".repeat(250), i))
            .collect(Collectors.joining(", "));
    String sql = "SELECT %s FROM (SELECT repeat('v', %d) AS v)";
    assertThat(ask(QueryRequest.of(sql.formatted(columns, 1600))).rows()).hasSize(1);
    QueryResponse larger = ask(QueryRequest.of(sql.formatted(columns, 1900)));
    assertThat(larger.error()).isNull();
    assertThat(larger.output()).isNotNull();
  }

  /// A statement of control characters takes six times its bytes as JSON: nearly all of a message.
  @Test
  void anAnswerThatIsTooLargeIsAnErrorWithTheLimit() {
    String sql = "SELECT 1 --" + "\u0001".repeat(999_950);
    QueryResponse answered = ask(request(sql, QueryRequest.Format.ROWS, "large"));
    assertThat(answered.error()).isNull();
    byte[] status = coordinator.handle(Json.encode(new AskQuery(QueryRunner.id("large"))));
    ErrorMessage error = Objects.requireNonNull(Json.decode(status, QueryResponse.class).error());
    assertThat(error.code()).isEqualTo("ANSWER_TOO_LARGE");
    assertThat(error.message())
        .matches("The answer would have 60\\d{5} bytes, and 6000000 is the most .*");
  }

  @Test
  void viewsComeWithTheRequest() {
    QueryResponse response =
        ask(
            QueryRequest.of("SELECT * FROM two")
                .withViews(List.of("CREATE VIEW two AS SELECT 2 AS n")));
    assertThat(response.error()).isNull();
    assertThat(response.rows()).containsExactly(List.of(2L));
  }

  @Test
  void aViewIsNothingElse() {
    var request = QueryRequest.of("SELECT 1").withViews(List.of("DROP TABLE t"));
    assertThat(Objects.requireNonNull(ask(request).error()).message())
        .isEqualTo("A view is given by its CREATE VIEW statement alone");
  }

  @Test
  void whoAsksForAQueryThatNobodyHasHasItTakenOn() {
    var store = new LocalObjectStore();
    Instant longAgo = Instant.EPOCH;
    String id =
        new Queries(store, folder + "/", () -> longAgo)
            .submit(QueryRunner.OPERATOR, QueryRequest.of("SELECT 1"));
    var sent = new ArrayList<String>();
    var handler =
        new CoordinatorHandler(
            new QueryRunner(SessionContext::builder, store, folder + "/", Duration.ofMillis(10)),
            Optional.empty(),
            Optional.of(sent::add));
    byte[] answer = handler.handle(Json.encode(new AskQuery(id)));
    assertThat(Json.decode(answer, QueryStatus.class).state()).isEqualTo(Phase.ACCEPTED);
    assertThat(sent).containsExactly(id);
  }

  @Test
  void aControlObjectStopsTheQueryAndNothingOfItStays() throws IOException {
    String numbers = "WITH d(n) AS (VALUES %s) ".formatted("(1), ".repeat(99) + "(1)");
    String endless = numbers + "SELECT count(*) FROM d a, d b, d c, d e, d f, d g";
    QueryRequest request = request(endless, QueryRequest.Format.ARROW, "stopped");
    String id =
        new Queries(new LocalObjectStore(), folder + "/", Instant::now)
            .submit(QueryRunner.OPERATOR, request);
    Path query = folder.resolve("queries").resolve(id);
    Files.writeString(query.resolve("control.json"), "{}");
    ErrorMessage error = Objects.requireNonNull(ask(request).error());
    assertThat(error.code()).isEqualTo("CANCELLED");
    assertThat(query.resolve("result-1.arrow")).doesNotExist();
  }

  @Test
  void tasksAreHandedOnAndWhatBecameOfThemIsTold() {
    LedTasks led = lead(leading(request -> done(request)), Integer.MAX_VALUE);
    assertThat(led.led()).extracting(FragmentResponse::task).containsExactly(0, 1);
    assertThat(led.led()).extracting(FragmentResponse::error).containsOnlyNulls();
  }

  /// A leader answers before its own time is over, or nobody would know of any of its tasks.
  @ParameterizedTest
  @ValueSource(ints = {5_050, 3_000})
  void aTaskThatTakesLongerThanItsLeaderMayIsLostInTime(int leftMillis) {
    LedTasks led =
        lead(
            leading(request -> request.task() == 0 ? done(request) : new CompletableFuture<>()),
            leftMillis);
    assertThat(led.led()).extracting(FragmentResponse::task).containsExactly(0, 1);
    assertThat(led.led().getFirst().error()).isNull();
    FragmentResponse late = led.led().getLast();
    assertThat(late.statistics().wallNanos()).isLessThan(leftMillis * 1_000_000L);
    assertThat(Objects.requireNonNull(late.error()))
        .returns("ATTEMPT_LOST", ErrorMessage::code)
        .returns("Its leader's time was over", ErrorMessage::message);
  }

  @Test
  void aCoordinatorWithoutWorkersLeadsNone() {
    byte[] answer = coordinator.handle(Json.encode(TWO_TASKS));
    ErrorMessage error = Objects.requireNonNull(Json.decode(answer, QueryResponse.class).error());
    assertThat(error.code()).isEqualTo("NOT_SUPPORTED");
    assertThat(error.message()).isEqualTo("This coordinator has no workers to lead");
  }

  private static final LeadTasks TWO_TASKS =
      new LeadTasks(
          List.of(
              new FragmentRequest("q", 1, 0, 1, "{}"), new FragmentRequest("q", 1, 1, 1, "{}")));

  private CoordinatorHandler leading(Dispatcher workers) {
    return new CoordinatorHandler(
        new QueryRunner(
            SessionContext::builder, new LocalObjectStore(), folder + "/", Duration.ofMillis(10)),
        Optional.of(new Leader(workers)),
        Optional.empty());
  }

  private static CompletableFuture<FragmentResponse> done(FragmentRequest request) {
    return CompletableFuture.completedFuture(
        new FragmentResponse(
            request.query(),
            request.stage(),
            request.task(),
            request.attempt(),
            new JsonText("{}"),
            null,
            new FragmentResponse.Statistics(1, 0, 0, 0, 0, null, Map.of()),
            null));
  }

  /// Of a function's invocation that has so much time left.
  private static Context context(int leftMillis) {
    return (Context)
        Proxy.newProxyInstance(
            Context.class.getClassLoader(),
            new Class<?>[] {Context.class},
            (_, method, _) -> {
              if (!method.getName().equals("getRemainingTimeInMillis")) {
                throw new UnsupportedOperationException(method.getName());
              }
              return leftMillis;
            });
  }

  /// @param leftMillis of the function's time
  private static LedTasks lead(CoordinatorHandler handler, int leftMillis) {
    var out = new ByteArrayOutputStream();
    try {
      handler.handleRequest(
          new ByteArrayInputStream(Json.encode(TWO_TASKS)), out, context(leftMillis));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Json.decode(out.toByteArray(), LedTasks.class);
  }

  /// Whoever knows an id is not whoever asked.
  @Test
  void whoHasAQueryTakenOnGetsNothingOfIt() {
    QueryResponse _ = ask(request("SELECT 7 AS n", QueryRequest.Format.ROWS, "done"));
    byte[] answer = coordinator.handle(Json.encode(new RunQuery(QueryRunner.id("done"))));
    assertThat(new String(answer, StandardCharsets.UTF_8)).isEqualTo("{}");
  }

  /// The operators' door looks after operators' queries: others have doors of their own.
  @Test
  void aCallersQueryIsNoneOfTheOperators() {
    var store = new LocalObjectStore();
    String id =
        new Queries(store, folder + "/", Instant::now)
            .submit("iam:arn:aws:iam::111122223333:user/analyst", QueryRequest.of("SELECT 1"));
    for (Object message : List.of(new AskQuery(id), new CancelQuery(id))) {
      byte[] answer = coordinator.handle(Json.encode(message));
      ErrorMessage error = Objects.requireNonNull(Json.decode(answer, QueryResponse.class).error());
      assertThat(error.code()).isEqualTo("QUERY_NOT_FOUND");
      assertThat(error.message()).isEqualTo("There is no query '" + id + "'");
    }
    assertThat(folder.resolve("queries").resolve(id).resolve("control.json")).doesNotExist();
  }

  private static QueryRequest request(String sql, QueryRequest.Format format, String token) {
    return QueryRequest.of(sql).withToken(token).withFormat(format);
  }

  private static long count(String location) {
    long rows = 0;
    try (var reader =
        ArrowBatchReader.ofFile(new LocalObjectStore().open(location), new MemoryPool(1 << 24))) {
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        rows += batch.rows();
      }
    }
    return rows;
  }

  private QueryResponse ask(QueryRequest request) {
    var out = new ByteArrayOutputStream();
    try {
      coordinator.handleRequest(new ByteArrayInputStream(Json.encode(request)), out, null);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Json.decode(out.toByteArray(), QueryResponse.class);
  }
}
