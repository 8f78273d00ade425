package io.frazil.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.arrow.PartialWriter.Compression;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.fragment.BuildId;
import io.frazil.engine.fragment.Fragment;
import io.frazil.engine.fragment.FragmentJson;
import io.frazil.engine.fragment.PartialInput;
import io.frazil.engine.fragment.PartialSource;
import io.frazil.engine.function.BuiltInFunctions;
import io.frazil.engine.function.aggregate.BuiltInAggregates;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.PlanJson;
import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.plan.Split;
import io.frazil.engine.plan.TableReference;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.task.Cancellation;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.task.TaskMetrics;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.VectorValues;
import io.frazil.events.ErrorMessage;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.events.Json;
import io.frazil.events.RunStoredTask;
import io.frazil.events.StoredTask;
import io.frazil.events.log.QueryLog;
import io.frazil.s3.S3ObjectStore;
import io.frazil.s3.loopback.LoopbackS3;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerHandlerTest {
  private static final Schema SCHEMA = Schema.of(new Field("k", Types.BIGINT, false));
  private static final int ROWS = 1_000;
  private static final String QUERY = "abcdef01";

  @TempDir private Path folder;

  private final WorkerHandler worker = new WorkerHandler();

  @Test
  void aSmallPartialComesWithTheAnswer() {
    FragmentResponse response = run(request(1, 64 << 10));
    assertThat(response.error()).isNull();
    assertThat(response.inline()).isNotNull();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aPartialThatIsOneByteTooLargeForTheAnswerIsAnObject() {
    String whole = Objects.requireNonNull(run(request(1, 64 << 10)).inline());
    int bytes = Base64.getDecoder().decode(whole).length;
    assertThat(run(request(1, bytes)).inline()).isEqualTo(whole);
    assertThat(folder).isEmptyDirectory();
    FragmentResponse larger = run(request(1, bytes - 1));
    assertThat(larger.inline()).isNull();
    assertThat(partial(larger).bytes()).isEqualTo(bytes);
    assertThat(folder.resolve("0.arrow")).hasSize(bytes);
  }

  @Test
  void aLargerPartialIsAnObjectWithARangeForEachPartition() {
    PartialManifest partial = partial(run(request(1, 0)));
    var rows = new ArrayList<Object>();
    for (int partition = 0; partition < 3; partition++) {
      rows.addAll(read(partial, partition));
    }
    assertThat(partial.partitions()).hasSize(3).allMatch(range -> range.rows() > 0);
    assertThat(rows)
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, ROWS).boxed().toList());
  }

  @Test
  void theSecondAttemptReportsTheFirstOnesPartial() {
    FragmentResponse first = run(request(1, 0));
    FragmentResponse second = run(request(2, 0));
    assertThat(second.attempt()).isEqualTo(2);
    assertThat(partial(second)).isEqualTo(partial(first));
    assertThat(partial(second).attempt()).isEqualTo("1");
  }

  @Test
  void whatItTookComesWithTheAnswer() {
    FragmentResponse.Statistics statistics = run(request(1, 0)).statistics();
    assertThat(statistics.wallNanos()).isPositive();
    assertThat(statistics.peakBytes()).isPositive();
    assertThat(Objects.requireNonNull(statistics.nodes().get(1)))
        .containsEntry("OUTPUT_ROWS", (long) ROWS);
  }

  @Test
  void anErrorOfTheFragmentIsInTheAnswer() {
    var request = new FragmentRequest("q", 0, 0, 1, "{\"version\":99}");
    ErrorMessage error = Objects.requireNonNull(run(request).error());
    assertThat(error.code()).isEqualTo("VERSION_MISMATCH");
    assertThat(error.errorClass()).isEqualTo("USER");
    assertThat(error.message())
        .isEqualTo(
            "The fragment was planned with format version 99, this worker has 1:"
                + " deploy both together");
  }

  @Test
  void aFragmentStopsOnceItsQueryIsCancelled() throws IOException {
    PartialManifest partial = partial(run(request(1, 0)));
    var often = Collections.nCopies(20_000, PartialInput.partition(partial, 0));
    var endless = new PhysicalPlan.StageInput(1, 0, SCHEMA);
    String fragment = fragment(endless, Map.of(0, often), folder.resolve("1.arrow"), 0);
    Files.writeString(folder.resolve("control.json"), "{}");
    var watchful =
        new FragmentRunner(
            new LocalObjectStore(),
            BuiltInAggregates.register(BuiltInFunctions.registry()),
            new MemoryPool(1 << 30),
            Duration.ofMillis(1));
    FragmentResponse response =
        watchful.run(new FragmentRequest("q", 1, 0, 1, fragment), FragmentRunner.FOREVER);
    assertThat(Objects.requireNonNull(response.error()).code()).isEqualTo("CANCELLED");
    assertThat(folder.resolve("1.arrow")).doesNotExist();
  }

  @Test
  void whatIsNoMessageFailsTheInvocationWithoutAStackTrace() {
    assertThatThrownBy(() -> worker.handle("SELECT 1".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOfSatisfying(InvalidMessage.class, e -> assertThat(e.getStackTrace()).isEmpty())
        .hasMessageStartingWith(
            "INVALID_MESSAGE: FragmentRequest cannot be read: Unrecognized token 'SELECT'");
  }

  @Test
  void aMessageThatWasCutShortFailsTheInvocation() {
    byte[] whole = Json.encode(request(1, 0));
    assertThatThrownBy(() -> worker.handle(Arrays.copyOf(whole, whole.length / 2)))
        .isInstanceOf(InvalidMessage.class)
        .hasMessageStartingWith("INVALID_MESSAGE: FragmentRequest cannot be read: ");
  }

  @Test
  void aMessageOverTheLimitFailsTheInvocation() {
    assertThatThrownBy(() -> worker.handle(new byte[Json.MAX_BYTES + 1]))
        .isInstanceOf(InvalidMessage.class)
        .hasMessage(
            "INVALID_MESSAGE: FragmentRequest of 6000001 bytes is too large:"
                + " at most 6000000 are read");
  }

  @Test
  void aFragmentMayLieInTheStore() throws IOException {
    Path stored = folder.resolve("fragment.json");
    FragmentRequest whole = request(1, 0);
    Files.writeString(stored, Objects.requireNonNull(whole.fragment()).json());
    var request = new FragmentRequest("q", 0, 0, 1, null, stored.toString());
    assertThat(partial(run(request)).rows()).isEqualTo(ROWS);
  }

  @Test
  void aSecondAttemptDoesNotDoAgainWhatTheFirstCommitted() {
    PartialManifest first = partial(run(request(1, 0)));
    FragmentResponse second = run(request(2, 0));
    assertThat(partial(second)).isEqualTo(first);
    assertThat(second.statistics().nodes())
        .isEqualTo(Map.of(1, Map.of("OUTPUT_ROWS", (long) ROWS)));
  }

  @Test
  void aWorkerWhoseTimeIsAlmostOverSaysSo() {
    PartialManifest partial = partial(run(request(1, 0)));
    var often = Collections.nCopies(20_000, PartialInput.partition(partial, 0));
    var endless = new PhysicalPlan.StageInput(1, 0, SCHEMA);
    String fragment = fragment(endless, Map.of(0, often), folder.resolve("1.arrow"), 0);
    FragmentResponse response =
        runner(Optional.empty())
            .run(new FragmentRequest("q", 1, 0, 1, fragment), Duration.ofMillis(40));
    ErrorMessage error = Objects.requireNonNull(response.error());
    assertThat(error.code()).isEqualTo("TIME_LIMIT");
    assertThat(error.errorClass()).isEqualTo("RESOURCE");
    assertThat(folder.resolve("1.arrow")).doesNotExist();
  }

  @Test
  void whatLiesOutsideOfItsQueryIsRefused() throws IOException {
    var strict = runner(Optional.of(ResultsFolder.of(folder.toString())));
    Path own = Files.createDirectories(folder.resolve("queries/" + QUERY));
    var values = new PhysicalPlan.Values(1, SCHEMA, List.of());
    String right = fragment(values, Map.of(), own.resolve("0.arrow"), own, 0);
    assertThat(strict.run(query(right), FragmentRunner.FOREVER).error()).isNull();

    String other = folder + "/queries/abcdef02/0.arrow";
    String upwards = own + "/../abcdef02/0.arrow";
    for (String forged : List.of(other, upwards, "/etc/passwd", "s3://other/0.arrow")) {
      var foreign = new PartialManifest(forged, "1", 10, List.of());
      for (FragmentRequest request :
          List.of(
              query(
                  fragment(values, Map.of(), Path.of(forged), own, 0)
                      .replace("s3:/other", "s3://other")),
              query(
                  fragment(values, Map.of(), own.resolve("1.arrow"), own, 0)
                      .replace(own + "/control.json", forged)),
              query(fragment(values, Map.of(0, List.of(foreign)), own.resolve("1.arrow"), own, 0)),
              new FragmentRequest(QUERY, 0, 0, 1, null, forged))) {
        ErrorMessage error =
            Objects.requireNonNull(strict.run(request, FragmentRunner.FOREVER).error());
        assertThat(error.code()).isEqualTo("INVALID_MESSAGE");
        assertThat(error.message())
            .isEqualTo("'%s' is not among the objects of query %s".formatted(forged, QUERY));
      }
    }
    assertThat(own.resolve("1.arrow")).doesNotExist();
  }

  @Test
  void aQueryThatIsNoIdIsRefused() {
    var strict = runner(Optional.of(ResultsFolder.of(folder.toString())));
    var request = new FragmentRequest("../../etc", 0, 0, 1, "{}");
    assertThat(
            Objects.requireNonNull(strict.run(request, FragmentRunner.FOREVER).error()).message())
        .isEqualTo("The request's query is no query's id");
  }

  /// Each of them is there, so that whatever is not looked at would be taken for what it says.
  @ParameterizedTest
  @CsvSource({"fragments", "control", "report", "attempts"})
  void whatAStoredTaskNamesOutsideOfItsQueryIsRefused(String member) throws IOException {
    Path own = Files.createDirectories(folder.resolve("queries/" + QUERY));
    Path other = Files.createDirectories(folder.resolve("queries/abcdef02"));
    var values = new PhysicalPlan.Values(1, SCHEMA, List.of());
    byte[] right = Json.encode(query(fragment(values, Map.of(), own.resolve("0.arrow"), own, 0)));
    for (Path fragments : List.of(own, other)) {
      Files.write(fragments.resolve("tasks.json"), right);
    }
    Files.writeString(other.resolve("control.json"), "{}");
    var strict = new WorkerHandler(runner(Optional.of(ResultsFolder.of(folder.toString()))));

    for (Path forged : List.of(other, own.resolve("../abcdef02"))) {
      var task =
          new StoredTask(
              QUERY,
              0,
              0,
              (member.equals("fragments") ? forged : own) + "/tasks.json",
              0,
              right.length,
              (member.equals("control") ? forged : own) + "/control.json",
              (member.equals("report") ? forged : own) + "/report.json",
              (member.equals("attempts") ? forged : own) + "/0.1.",
              StoredTask.Retry.NEXT_STEP);
      byte[] message = Json.encode(new RunStoredTask(task, 1));
      assertThatThrownBy(() -> strict.handle(message))
          .isInstanceOf(TaskFailure.class)
          .hasMessage("INVALID_MESSAGE: query " + QUERY + ", stage 0, task 0");
    }
    assertThat(own.resolve("0.arrow")).doesNotExist();
    assertThat(own.resolve("report.json")).doesNotExist();
    assertThat(other.resolve("report.json")).doesNotExist();
    assertThat(other.resolve("0.1.begun")).doesNotExist();
  }

  @Test
  void aStoredTaskOfAQueryThatIsNoIdIsRefused() {
    var strict = new WorkerHandler(runner(Optional.of(ResultsFolder.of(folder.toString()))));
    String upwards = folder + "/queries/../";
    var task =
        new StoredTask(
            "..",
            0,
            0,
            upwards + "f",
            0,
            1,
            upwards + "c",
            upwards + "r",
            upwards + "a",
            StoredTask.Retry.AT_ONCE);
    byte[] message = Json.encode(new RunStoredTask(task, 1));
    assertThatThrownBy(() -> strict.handle(message))
        .isInstanceOf(TaskFailure.class)
        .hasMessage("INVALID_MESSAGE: query .., stage 0, task 0");
  }

  /// A stack trace would be in Lambda's log and in a state machine's history.
  @Test
  void whatFailsAnInvocationHasNoStackTrace() {
    assertThat(
            List.of(
                new TransientFailure("a"),
                new ResourceFailure("b"),
                new CancelledFailure("c"),
                new TaskFailure("d")))
        .allSatisfy(failure -> assertThat(failure.getStackTrace()).isEmpty())
        .extracting(failure -> failure.getClass().getName())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(TaskException.class.getPermittedSubclasses())
                .map(Class::getName)
                .toList());
  }

  /// Whatever a message or a table's metadata says of where rows are.
  @ParameterizedTest
  @CsvSource({
    "/proc/self/environ",
    "file:///proc/self/environ",
    "file:/etc/passwd",
    "http://169.254.169.254/latest/meta-data"
  })
  void aWorkerOnS3OpensNoFileOfItsMachine(String location) {
    String queries = "s3://results/queries/" + QUERY + "/";
    var scan =
        new PhysicalPlan.TableScan(
            1,
            new TableReference(List.of("lake", "default", "t"), null),
            List.of(ScanColumn.named(SCHEMA.fields().getFirst())),
            List.of(),
            List.of(0),
            null,
            List.of());
    var split = new Split.Parquet(location, 0, 100, 100, null, Map.of());
    var fragment =
        new Fragment(
            Fragment.VERSION,
            BuildId.current(),
            BuildId.fingerprint(BuiltInAggregates.register(BuiltInFunctions.registry())),
            scan,
            Map.of(1, List.of(split)),
            Map.of(),
            new Fragment.Output(
                queries + "0.arrow", new Distribution.Hash(List.of(0), 3), Compression.NONE, 0),
            new Fragment.Limits(64 << 20, 1),
            queries + "control.json");
    try (LoopbackS3 s3 = LoopbackS3.start()) {
      FragmentRunner runner =
          runner(S3ObjectStore.alone(s3::settings), Optional.of(ResultsFolder.of("s3://results/")));
      ErrorMessage error =
          runner.run(query(FragmentJson.write(fragment)), FragmentRunner.FOREVER).error();
      assertThat(error).isNotNull();
      assertThat(error.code()).isEqualTo("PERMISSION_DENIED");
      assertThat(error.message())
          .contains("'%s' lies in no store that is open here".formatted(location));
    }
  }

  @Test
  void aProcessWithNothingButTheWorkersClassPathRunsFragments() throws IOException {
    try (var process = WorkerProcess.start(Path.of(""), folder)) {
      byte[] answer = process.call(Json.encode(request(1, 0)));
      PartialManifest partial = partial(Json.decode(answer, FragmentResponse.class));
      assertThat(partial.rows()).isEqualTo(ROWS);
      FragmentResponse again =
          Json.decode(process.call(Json.encode(request(2, 0))), FragmentResponse.class);
      assertThat(partial(again)).isEqualTo(partial);
    }
  }

  private static FragmentRequest query(String fragment) {
    return new FragmentRequest(QUERY, 0, 0, 1, fragment);
  }

  private static FragmentRunner runner(Optional<ResultsFolder> results) {
    return runner(new LocalObjectStore(), results);
  }

  private static FragmentRunner runner(ObjectStore store, Optional<ResultsFolder> results) {
    return new FragmentRunner(
        store,
        BuiltInAggregates.register(BuiltInFunctions.registry()),
        new MemoryPool(1 << 30),
        Duration.ofSeconds(1),
        results,
        CpuClock.PROCESS,
        QueryLog.SILENT);
  }

  private FragmentResponse run(FragmentRequest request) {
    var out = new ByteArrayOutputStream();
    try {
      worker.handleRequest(new ByteArrayInputStream(Json.encode(request)), out, null);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return Json.decode(out.toByteArray(), FragmentResponse.class);
  }

  private FragmentRequest request(int attempt, long inlineBytesMax) {
    List<List<Expression.Literal>> rows =
        LongStream.range(0, ROWS)
            .mapToObj(i -> List.of(new Expression.Literal(i, Types.BIGINT)))
            .toList();
    var values = new PhysicalPlan.Values(1, SCHEMA, rows);
    String fragment = fragment(values, Map.of(), folder.resolve("0.arrow"), inlineBytesMax);
    return new FragmentRequest("q", 0, 0, attempt, fragment);
  }

  private String fragment(
      PhysicalPlan plan,
      Map<Integer, List<PartialManifest>> inputs,
      Path output,
      long inlineBytesMax) {
    return fragment(plan, inputs, output, folder, inlineBytesMax);
  }

  private static String fragment(
      PhysicalPlan plan,
      Map<Integer, List<PartialManifest>> inputs,
      Path output,
      Path control,
      long inlineBytesMax) {
    return FragmentJson.write(
        new Fragment(
            Fragment.VERSION,
            BuildId.current(),
            BuildId.fingerprint(BuiltInAggregates.register(BuiltInFunctions.registry())),
            plan,
            Map.of(),
            inputs,
            new Fragment.Output(
                output.toString(),
                new Distribution.Hash(List.of(0), 3),
                Compression.NONE,
                inlineBytesMax),
            new Fragment.Limits(64 << 20, 1),
            control.resolve("control.json").toString()));
  }

  private static PartialManifest partial(FragmentResponse response) {
    assertThat(response.error()).isNull();
    return PlanJson.read(Objects.requireNonNull(response.partial()), PartialManifest.class);
  }

  private static List<Object> read(PartialManifest partial, int partition) {
    var rows = new ArrayList<Object>();
    var context =
        new TaskContext(
            new LocalObjectStore(),
            new MemoryPool(64 << 20),
            BuiltInFunctions.registry(),
            new Cancellation(),
            new TaskMetrics(),
            1);
    var input = new PartialInput.Stored(PartialInput.partition(partial, partition));
    var node = new PhysicalPlan.StageInput(1, 0, SCHEMA);
    try (var source = new PartialSource(List.of(input), node, context);
        BatchReader reader = source.open()) {
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        VectorValues.rows(batch).forEach(row -> rows.add(Objects.requireNonNull(row.getFirst())));
      }
    }
    return rows;
  }
}
