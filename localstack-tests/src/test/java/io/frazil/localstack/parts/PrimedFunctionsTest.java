package io.frazil.localstack.parts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.frazil.events.FragmentResponse;
import io.frazil.events.Json;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.localstack.data.Statements;
import io.frazil.localstack.deployment.Deployment;
import io.frazil.localstack.doors.DirectDoor;
import io.frazil.localstack.doors.Fragments;
import io.frazil.localstack.doors.HttpApi;
import io.frazil.localstack.stack.LocalStack;
import io.frazil.localstack.whole.OnLocalStack;
import io.frazil.localstack.whole.Whole;
import io.frazil.oracle.TpchOracle;
import io.frazil.session.QueryId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Functions that are primed before their snapshot is taken: versions of their own, which nobody
/// else calls, and to which nothing is done.
///
/// No environment here comes out of a snapshot in which it had a socket open, or for which it had
/// asked for credentials: `src/test/python/frazil_lambda` does not restore it then, and what it is
/// to do fails. Credentials are given after the restore alone, and in no variable.
@OnLocalStack
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = Whole.CONCURRENCY, mode = ResourceAccessMode.READ)
final class PrimedFunctionsTest {
  /// What priming says, and the runtime of a message that names none.
  private static final List<String> ABOUT_NO_QUERY =
      List.of("worker: primed (", "coordinator: primed (", "INVALID_MESSAGE: ");

  /// Each process here primes itself, which takes half a minute of a processor.
  private static final String WORKERS_AT_A_TIME = "1";

  private static final int LOADED_MAX = 500;

  private static final String CALLER = "arn:aws:iam::000000000000:user/primed";

  private final Whole whole;

  private String worker = "";
  private String coordinator = "";
  private String http = "";

  /// Logs of earlier runs, whose versions had the same names.
  private Set<Path> earlier = Set.of();

  PrimedFunctionsTest(Whole whole) {
    this.whole = whole;
  }

  @BeforeAll
  void publish() throws IOException {
    earlier = Set.copyOf(logs());
    Deployment.Code code = whole.deployment().code();
    var primed = new TreeMap<>(Map.of("FRAZIL_PRIMING_SECONDS", "1"));
    worker = whole.functions().publishNext(whole.deployed().worker(), code.worker(), primed);
    primed.put("FRAZIL_WORKER", worker);
    primed.put("FRAZIL_WORKERS", WORKERS_AT_A_TIME);
    coordinator =
        whole.functions().publishNext(whole.deployed().coordinator(), code.coordinator(), primed);
    http = whole.functions().publishNext(whole.deployed().http(), code.coordinator(), primed);
  }

  /// What requests need that was not there in the snapshot: each class takes a part of a
  /// millisecond, and what is in it was compiled for nobody. A coordinator whose priming sends no
  /// fragments to workers loads 770.
  @AfterAll
  void littleWasLoadedAfterTheirSnapshots() throws IOException {
    assertThat(loaded(worker)).isNotEmpty().allSatisfy(PrimedFunctionsTest::assertIsLittle);
    assertThat(loaded(coordinator)).isNotEmpty().allSatisfy(PrimedFunctionsTest::assertIsLittle);
    assertThat(loaded(http)).isNotEmpty().allSatisfy(PrimedFunctionsTest::assertIsLittle);
  }

  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  void theWorkerWorksAfterItsSnapshot() throws IOException {
    byte[] fragment = Json.encode(Fragments.of(whole.deployed().results(), QueryId.next(), 1));
    FragmentResponse response =
        Json.decode(whole.functions().answer(worker, fragment), FragmentResponse.class);
    assertThat(response.error()).isNull();
    assertThat(log(worker)).contains("worker: primed (");
  }

  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  void theCoordinatorWorksAfterItsSnapshot() throws IOException {
    byte[] request = Json.encode(QueryRequest.of("SELECT 1 + 1 AS two"));
    QueryResponse response =
        Json.decode(whole.functions().answer(coordinator, request), QueryResponse.class);
    assertThat(response.error()).isNull();
    assertThat(response.rows()).isEqualTo(List.of(List.of(2L)));
    assertThat(log(coordinator)).contains("coordinator: primed (");
  }

  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  void theHttpFunctionWorksAfterItsSnapshot() throws IOException {
    HttpApi api = whole.http(http, CALLER);
    assertThat(api.ask("GET", "/v1/tables", null).statusCode()).isEqualTo(200);
    QueryRequest request = QueryRequest.of("SELECT count(*) AS n FROM region");
    assertThat(api.run(request).answer().rows()).isEqualTo(List.of(List.of(5L)));
    assertThat(log(http)).contains("coordinator: primed (");
  }

  /// What libraries say included, and the runtime of an invocation that fails. On AWS the JVM
  /// begins with `Picked up JAVA_TOOL_OPTIONS`: here it has them as arguments.
  @Test
  @Execution(ExecutionMode.SAME_THREAD)
  void theirLogsAreJsonWithTheQuery() throws IOException {
    byte[] fragment = Json.encode(Fragments.of(whole.deployed().results(), QueryId.next(), 1));
    byte[] _ = whole.functions().answer(worker, fragment);
    byte[] none = "{}".getBytes(StandardCharsets.UTF_8);
    assertThat(whole.functions().invoke(worker, none).functionError()).isNotNull();
    var door = new DirectDoor(whole.functions(), coordinator);
    for (String statement :
        List.of(
            "CREATE SCHEMA logs",
            "CREATE TABLE logs.t AS SELECT o_orderkey FROM orders",
            Statements.ALL_KINDS,
            "DROP TABLE logs.t",
            "DROP SCHEMA logs")) {
      door.run(QueryRequest.of(statement)).answer();
    }
    whole.http(http, CALLER).run(QueryRequest.of(Statements.ALL_KINDS)).answer();
    for (String version : List.of(worker, coordinator, http)) {
      assertThat(log(version).lines()).as(version).hasSizeGreaterThan(1);
      assertThat(log(version).lines())
          .as(version)
          .allSatisfy(PrimedFunctionsTest::assertIsJsonWithItsQuery);
    }
  }

  /// Objects, of which the runtime's own end no line.
  private static void assertIsJsonWithItsQuery(String line) {
    try (MappingIterator<JsonNode> objects =
        new ObjectMapper().readerFor(JsonNode.class).readValues(line)) {
      assertThat(objects.readAll())
          .allSatisfy(object -> {
            assertThat(object.isObject()).isTrue();
            assertThat(object.path("timestamp").isTextual()).isTrue();
            assertThat(object.path("level").isTextual()).isTrue();
            String message = object.path("message").asText();
            if (ABOUT_NO_QUERY.stream().noneMatch(message::startsWith)) {
              assertThat(object.path("query").asText()).matches(QueryId::isId);
            }
          });
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }

  /// By direct invocation.
  @TestFactory
  @Execution(ExecutionMode.SAME_THREAD)
  Stream<DynamicTest> allQueriesOfTpchEqualDuckDbs() {
    var door = new DirectDoor(whole.functions(), coordinator);
    return IntStream.rangeClosed(1, 22)
        .mapToObj(n -> DynamicTest.dynamicTest("Q" + n, () -> compare(n, door)));
  }

  /// Each has an oracle of its own: the last may run when the stream of them is closed.
  private void compare(int number, DirectDoor door) {
    try (TpchOracle oracle = whole.lake().oracle()) {
      oracle.compare(number, door.engine());
    }
  }

  /// What its processes have said.
  private String log(String version) throws IOException {
    var said = new StringBuilder();
    for (Path log : files(version, ".log")) {
      said.append(Files.readString(log));
    }
    return said.toString();
  }

  /// The classes that each of its processes has loaded since its snapshot.
  private List<List<String>> loaded(String version) throws IOException {
    var processes = new ArrayList<List<String>>();
    for (Path log : files(version, ".classes")) {
      processes.add(Files.readAllLines(log));
    }
    return processes;
  }

  private static void assertIsLittle(List<String> classes) {
    assertThat(classes).hasSizeLessThan(LOADED_MAX);
  }

  private List<Path> files(String version, String suffix) throws IOException {
    String prefix = version.replace(':', '-') + "-";
    return logs().stream()
        .filter(file -> !earlier.contains(file))
        .filter(file -> file.getFileName().toString().startsWith(prefix))
        .filter(file -> file.getFileName().toString().endsWith(suffix))
        .toList();
  }

  private static List<Path> logs() throws IOException {
    try (Stream<Path> logs = Files.list(LocalStack.logs())) {
      return logs.toList();
    }
  }
}
