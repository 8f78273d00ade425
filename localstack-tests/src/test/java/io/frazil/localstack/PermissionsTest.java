package io.frazil.localstack;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.events.QueryRequest;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// What functions may do is what they do: every call that was seen is allowed, and everything that
/// is allowed was seen. It comes last, so that it sees what all other tests had them do.
@OnLocalStack
@Order(Integer.MAX_VALUE)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
final class PermissionsTest {
  private static final String NOT_THERE =
      "S3 tells only those who may list that an object is not there";
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
          entry("HandOver states:StartExecution", "queries of this size are not long"));

  private final LocalStack stack;
  private final Whole whole;

  PermissionsTest(LocalStack stack, Whole whole) {
    this.stack = stack;
    this.whole = whole;
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
              FaultRun.SQL,
              "DROP TABLE permissions.t",
              "DROP SCHEMA permissions")) {
        door.run(QueryRequest.of(statement)).answer();
      }
    }
    http.ask("GET", "/v1/queries", null);
    for (String path : List.of("/v1/tables", "/v1/tables/default", "/v1/tables/default/orders")) {
      assertThat(http.ask("GET", path, null).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void everyCallIsAllowed() throws IOException {
    Map<String, Policy> policies = policies();
    Set<String> denied = new LinkedHashSet<>();
    for (Call call : calls()) {
      for (Permission needed : Permission.of(call)) {
        if (!policies.get(call.function()).allows(needed)) {
          denied.add(call.function() + " may not " + needed);
        }
      }
    }
    assertThat(denied).isEmpty();
  }

  @Test
  void everythingThatIsAllowedIsNeededOrExplained() throws IOException {
    Set<String> unexplained = new LinkedHashSet<>();
    Set<String> explained = new HashSet<>();
    policies()
        .forEach((function, policy) ->
            policy.statements().stream()
                .filter(Policy.Statement::allows)
                .forEach(statement ->
                    unused(function, statement)
                        .forEach(permission -> {
                          if (EXCEPTIONS.containsKey(permission)) {
                            explained.add(permission);
                          } else {
                            unexplained.add(function + ": " + permission);
                          }
                        })));
    assertThat(unexplained).as("what no call needed").isEmpty();
    assertThat(explained)
        .as("explanations that are needed")
        .containsExactlyInAnyOrderElementsOf(EXCEPTIONS.keySet());
  }

  @Test
  void aLargeWorkerMayDoWhatAWorkerMay() throws IOException {
    Deployed deployed = whole.deployed();
    String large = Deployed.name(whole.deployment().largeWorker());
    Map<String, Policy> policies = Policy.of(stack, List.of(deployed.workerName(), large));
    assertThat(withoutLogs(policies.get(large)))
        .containsExactlyInAnyOrderElementsOf(withoutLogs(policies.get(deployed.workerName())));
  }

  /// Each writes a log of its own.
  private static List<Policy.Statement> withoutLogs(Policy policy) {
    return policy.statements().stream().filter(s -> !"Log".equals(s.name())).toList();
  }

  /// Each action that no call was seen to need, after the statement that allows it.
  private List<String> unused(String function, Policy.Statement statement) {
    Set<String> used = used(function, statement);
    return statement.actions().stream()
        .filter(action -> !used.contains(action))
        .map(action -> statement.name() + " " + action)
        .toList();
  }

  private Set<String> used(String function, Policy.Statement statement) {
    Set<String> used = new HashSet<>();
    for (Call call : calls()) {
      if (call.isBy(function)) {
        Permission.of(call).stream()
            .filter(statement::covers)
            .map(Permission::action)
            .forEach(used::add);
      }
    }
    return used;
  }

  /// Those of deployed functions.
  private List<Call> calls() {
    Set<String> functions = Set.copyOf(functions());
    return whole.view().calls().stream()
        .filter(call -> functions.contains(call.function()))
        .toList();
  }

  private List<String> functions() {
    Deployed deployed = whole.deployed();
    return List.of(deployed.httpName(), deployed.coordinatorName(), deployed.workerName());
  }

  private Map<String, Policy> policies() throws IOException {
    return Policy.of(stack, functions());
  }
}
