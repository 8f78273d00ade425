package io.frazil.localstack.permissions;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.events.QueryRequest;
import io.frazil.localstack.data.Statements;
import io.frazil.localstack.deployment.Deployed;
import io.frazil.localstack.doors.Door;
import io.frazil.localstack.doors.HttpApi;
import io.frazil.localstack.stack.LocalStack;
import io.frazil.localstack.traffic.Call;
import io.frazil.localstack.whole.OnLocalStack;
import io.frazil.localstack.whole.Whole;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/// What functions and the state machine may do is what they do: every call that was seen is
/// allowed, and everything that is allowed was seen. It comes last, so that it sees what all other
/// tests had them do: JUnit runs what is isolated after everything else.
@OnLocalStack
@Order(Integer.MAX_VALUE)
@Isolated
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
final class PermissionsTest {
  private static final String NOT_THERE =
      "S3 tells only those who may list that an object is not there";
  private static final String MAPS = "LocalStack runs a map's children without asking for it";
  private static final String UNFINISHED = "for a large object that cannot be written to its end";

  /// Why something is allowed that is never seen here, by statement and action.
  private static final Map<String, String> EXCEPTIONS =
      Map.ofEntries(
          entry("Log logs:CreateLogStream", "Lambda itself writes a function's log"),
          entry("Log logs:PutLogEvents", "Lambda itself writes a function's log"),
          entry("Trace xray:PutTraceSegments", "Lambda itself traces"),
          entry("Trace xray:PutTelemetryRecords", "Lambda itself traces"),
          entry("TellOfLostQueries sqs:SendMessage", "Lambda itself tells of events that failed"),
          entry("SeeObjects s3:ListBucket", NOT_THERE),
          entry("SeePartials s3:ListBucket", NOT_THERE),
          entry("KeepQueries s3:AbortMultipartUpload", UNFINISHED),
          entry("ReadAndWritePartials s3:AbortMultipartUpload", UNFINISHED),
          entry("WriteObjects s3:AbortMultipartUpload", UNFINISHED),
          entry("CallLeaders lambda:InvokeFunction", "for more than 256 workers at a time"),
          entry("StartMaps states:StartExecution", MAPS),
          entry("EndMaps states:DescribeExecution", MAPS),
          entry("EndMaps states:StopExecution", MAPS),
          entry("Trace xray:GetSamplingRules", "Step Functions itself traces"),
          entry("Trace xray:GetSamplingTargets", "Step Functions itself traces"),
          entry(
              "AskForExecutions states:DescribeExecution",
              "for a query whose machine was not heard of for minutes"));

  private final LocalStack stack;
  private final Whole whole;

  /// Those of deployed functions, and of the state machine by its ARN.
  private Map<String, Policy> policies = Map.of();

  PermissionsTest(LocalStack stack, Whole whole) {
    this.stack = stack;
    this.whole = whole;
  }

  @BeforeAll
  void readPolicies() throws IOException {
    Deployed deployed = whole.deployed();
    policies =
        Policy.of(
            stack,
            List.of(
                deployed.httpName(),
                deployed.coordinatorName(),
                deployed.workerName(),
                whole.deployment().stateMachine()));
  }

  /// Whatever was run before: each function does once what it is there for.
  @BeforeAll
  void doEverythingOnce() {
    HttpApi http = whole.http();
    for (Door door : List.of(whole.direct(), http)) {
      for (String statement :
          List.of(
              "CREATE SCHEMA permissions",
              "CREATE TABLE permissions.t AS SELECT 1 AS id",
              "INSERT INTO permissions.t VALUES (2)",
              Statements.ALL_KINDS,
              "DROP TABLE permissions.t",
              "DROP SCHEMA permissions")) {
        door.run(QueryRequest.of(statement)).answer();
      }
    }
    whole.stateMachine().run(QueryRequest.of(Statements.ALL_KINDS)).answer();
    http.ask("GET", "/v1/queries", null);
    for (String path : List.of("/v1/tables", "/v1/tables/default", "/v1/tables/default/orders")) {
      assertThat(http.ask("GET", path, null).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void everyCallIsAllowed() throws IOException {
    Set<String> denied = new LinkedHashSet<>();
    needed()
        .forEach((holder, needed) ->
            needed.stream()
                .filter(permission -> !policies.get(holder).allows(permission))
                .forEach(permission -> denied.add(holder + " may not " + permission)));
    assertThat(denied).isEmpty();
  }

  @Test
  void everythingThatIsAllowedIsNeededOrExplained() throws IOException {
    Map<String, Set<Permission>> needed = needed();
    Set<String> unexplained = new LinkedHashSet<>();
    Set<String> explained = new HashSet<>();
    policies.forEach((holder, policy) ->
        policy.statements().stream()
            .filter(Policy.Statement::allows)
            .flatMap(statement -> unused(statement, needed.get(holder)))
            .forEach(permission -> {
              if (EXCEPTIONS.containsKey(permission)) {
                explained.add(permission);
              } else {
                unexplained.add(holder + ": " + permission);
              }
            }));
    assertThat(unexplained).as("what no call needed").isEmpty();
    assertThat(explained)
        .as("explanations that are needed")
        .containsExactlyInAnyOrderElementsOf(EXCEPTIONS.keySet());
  }

  @Test
  void aLargeWorkerMayDoWhatAWorkerMay() throws IOException {
    String worker = whole.deployed().workerName();
    String large = Deployed.name(whole.deployment().largeWorker());
    assertThat(withoutLogs(Policy.of(stack, List.of(large)).get(large)))
        .containsExactlyInAnyOrderElementsOf(withoutLogs(policies.get(worker)));
  }

  /// Each writes a log of its own.
  private static List<Policy.Statement> withoutLogs(Policy policy) {
    return policy.statements().stream().filter(s -> !"Log".equals(s.name())).toList();
  }

  /// Each action that no call was seen to need, after the statement that allows it.
  private static Stream<String> unused(Policy.Statement statement, Set<Permission> needed) {
    Set<String> used =
        needed.stream()
            .filter(statement::covers)
            .map(Permission::action)
            .collect(Collectors.toSet());
    return statement.actions().stream()
        .filter(action -> !used.contains(action))
        .map(action -> statement.name() + " " + action);
  }

  /// What everybody was seen to need, by who needed it.
  private Map<String, Set<Permission>> needed() throws IOException {
    Map<String, Set<Permission>> needed = new HashMap<>();
    policies.keySet().forEach(holder -> needed.put(holder, new LinkedHashSet<>()));
    for (Call call : whole.view().calls()) {
      if (needed.containsKey(call.function())) {
        needed.get(call.function()).addAll(Permission.of(call));
      }
    }
    String machine = whole.deployment().stateMachine();
    for (StateMachineCall call : StateMachineCall.seen()) {
      if (call.role().equals(policies.get(machine).role())) {
        needed.get(machine).add(call.permission());
      }
    }
    return needed;
  }
}
