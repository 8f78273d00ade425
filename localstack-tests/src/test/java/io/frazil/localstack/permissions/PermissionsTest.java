package io.frazil.localstack.permissions;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.events.QueryRequest;
import io.frazil.localstack.data.Statements;
import io.frazil.localstack.deployment.Deployed;
import io.frazil.localstack.deployment.Grant;
import io.frazil.localstack.doors.Door;
import io.frazil.localstack.doors.HttpApi;
import io.frazil.localstack.stack.LocalStack;
import io.frazil.localstack.traffic.Call;
import io.frazil.localstack.traffic.FaultProxy;
import io.frazil.localstack.traffic.FaultProxy.Fault;
import io.frazil.localstack.whole.OnLocalStack;
import io.frazil.localstack.whole.Whole;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
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

  /// Why something is allowed as this is deployed that is never seen here, by statement, action and
  /// resource as patterns.
  private static final Map<String, String> EXCEPTIONS =
      Map.ofEntries(
          entry(
              "Log: logs:CreateLogStream on *:log-group:*",
              "Lambda itself writes a function's log"),
          entry("Log: logs:PutLogEvents on *:log-group:*", "Lambda itself writes a function's log"),
          entry("Trace: xray:PutTraceSegments on *", "Lambda itself traces"),
          entry("Trace: xray:PutTelemetryRecords on *", "Lambda itself traces"),
          entry(
              "TellOfLostQueries: sqs:SendMessage on arn:aws:sqs:*",
              "Lambda tells of events that failed"),
          entry("SeeObjects: s3:ListBucket on arn:aws:s3:::*", NOT_THERE),
          entry("SeePartials: s3:ListBucket on arn:aws:s3:::*", NOT_THERE),
          entry("KeepQueries: s3:AbortMultipartUpload on */queries/*", UNFINISHED),
          entry("ReadAndWritePartials: s3:AbortMultipartUpload on */queries/*", UNFINISHED),
          entry("WriteObjects: s3:AbortMultipartUpload on arn:aws:s3:::*", UNFINISHED),
          entry(
              "CallLeaders: lambda:InvokeFunction on *-coordinator:*",
              "for more than 256 workers at a time"),
          entry("StartMaps: states:StartExecution on *:stateMachine:*-queries", MAPS),
          entry("EndMaps: states:DescribeExecution on *:execution:*-queries*", MAPS),
          entry("EndMaps: states:StopExecution on *:execution:*-queries*", MAPS),
          entry("Trace: xray:GetSamplingRules on *", "Step Functions itself traces"),
          entry("Trace: xray:GetSamplingTargets on *", "Step Functions itself traces"),
          entry(
              "AskForExecutions: states:DescribeExecution on *:execution:*-queries:*",
              "for a query whose machine was not heard of for minutes"));

  private final LocalStack stack;
  private final Whole whole;

  /// Those of deployed functions, and of the state machine by its ARN.
  private Map<String, Policy> policies = Map.of();

  /// What each of them was seen to need.
  private Map<String, Set<Permission>> needed = Map.of();

  /// The same of functions that are not looked at for what they do not need: those of other stacks
  /// that tests deployed.
  private Map<String, Set<Permission>> neededElsewhere = Map.of();

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
                large(),
                whole.deployment().stateMachine()));
    doEverythingOnce();
    needed = needed();
    neededElsewhere = neededElsewhere();
  }

  /// Whatever was run before: each function does once what it is there for.
  private void doEverythingOnce() {
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
    for (Door door : List.of(whole.direct(), http, whole.stateMachine())) {
      runOnALargeWorker(door);
    }
    QueryRequest again = QueryRequest.of("SELECT 1").withToken(UUID.randomUUID().toString());
    http.run(again).answer();
    http.run(again).answer();
    http.ask("GET", "/v1/queries", null);
    for (String path : List.of("/v1/tables", "/v1/tables/default", "/v1/tables/default/orders")) {
      assertThat(http.ask("GET", path, null).statusCode()).isEqualTo(200);
    }
  }

  /// A query of which a task is too large for a worker.
  private void runOnALargeWorker(Door door) {
    var happened = new AtomicBoolean();
    whole
        .view()
        .faults(call ->
            call.invokes(whole.deployed().worker()) && !happened.getAndSet(true)
                ? Fault.OUT_OF_MEMORY
                : Fault.NONE);
    try {
      door.run(QueryRequest.of(Statements.ALL_KINDS)).answer();
    } finally {
      whole.view().faults(FaultProxy.Faults.NONE);
    }
  }

  @Test
  void everyCallIsAllowed() throws IOException {
    assertThat(needed.get(large())).as("what a large worker did").isNotEmpty();
    assertThat(denied(policies, needed)).isEmpty();
    Map<String, Policy> others = Policy.of(stack, List.copyOf(neededElsewhere.keySet()));
    assertThat(denied(others, neededElsewhere)).isEmpty();
  }

  private static Set<String> denied(
      Map<String, Policy> policies, Map<String, Set<Permission>> needed) {
    Set<String> denied = new LinkedHashSet<>();
    needed.forEach((holder, permissions) ->
        permissions.stream()
            .filter(permission -> !policies.get(holder).allows(permission))
            .forEach(permission -> denied.add(holder + " may not " + permission)));
    return denied;
  }

  /// Or it would be nobody's to be allowed.
  @Test
  void everyCallIsByAFunctionOrAStateMachine() {
    assertThat(whole.view().calls())
        .filteredOn(call -> !call.isByStepFunctions())
        .as("calls that no function signed")
        .allMatch(call -> !call.function().isEmpty());
    assertThat(whole.view().calls())
        .filteredOn(Call::isByStepFunctions)
        .as("calls of state machines, which are noted down by role")
        .allMatch(Call::invokes);
  }

  @Test
  void everythingThatIsAllowedIsNeededOrExplained() {
    Set<String> unexplained = new LinkedHashSet<>();
    Set<String> explained = new HashSet<>();
    needed.forEach((holder, permissions) ->
        policies.get(holder).statements().stream()
            // It may do what a worker may, and seldom has to.
            .filter(_ -> !holder.equals(large()))
            .filter(Policy.Statement::allows)
            .flatMap(Policy.Statement::parts)
            .filter(part -> permissions.stream().noneMatch(part::covers))
            .forEach(part -> {
              List<String> reasons = exceptions(EXCEPTIONS, part.toString());
              explained.addAll(reasons);
              if (reasons.isEmpty()) {
                unexplained.add(holder + ": " + part);
              }
            }));
    assertThat(unexplained).as("what no call needed").isEmpty();
    assertThat(explained)
        .as("explanations that are needed")
        .containsExactlyInAnyOrderElementsOf(EXCEPTIONS.keySet());
  }

  /// Of the template, not of what is deployed: a statement that depends on another parameter's
  /// value is looked at as well.
  @Test
  void everythingThatIsAllowedInOtherConfigurationsIsExplained() {
    Set<String> explained = new HashSet<>();
    Set<String> unexplained = new LinkedHashSet<>();
    for (Grant grant : whole.deployment().givenElsewhere()) {
      List<String> reasons = exceptions(OtherConfigurations.EXCEPTIONS, grant.toString());
      explained.addAll(reasons);
      if (reasons.isEmpty()) {
        unexplained.add(grant.toString());
      }
    }
    assertThat(unexplained).as("what no call can need here").isEmpty();
    assertThat(explained)
        .as("explanations of what the template allows")
        .containsExactlyInAnyOrderElementsOf(OtherConfigurations.EXCEPTIONS.keySet());
  }

  /// Or what no configuration is known to have would be nobody's to explain.
  @Test
  void whatIsAllowedHereIsWhatTheTemplateSaysOfThisConfiguration() {
    assertThat(
            policies.values().stream()
                .flatMap(policy -> policy.statements().stream())
                .filter(Policy.Statement::allows)
                .flatMap(Policy.Statement::parts)
                .map(part -> part.statement() + ": " + part.action())
                .distinct())
        .containsExactlyInAnyOrderElementsOf(
            whole.deployment().given().stream()
                .map(grant -> grant.statement() + ": " + grant.action())
                .distinct()
                .toList());
  }

  private static List<String> exceptions(Map<String, String> known, String part) {
    return known.keySet().stream().filter(pattern -> Policy.matches(pattern, part)).toList();
  }

  @Test
  void aLargeWorkerMayDoWhatAWorkerMay() {
    assertThat(withoutLogs(policies.get(large())))
        .containsExactlyInAnyOrderElementsOf(
            withoutLogs(policies.get(whole.deployed().workerName())));
  }

  private String large() {
    return Deployed.name(whole.deployed().largeWorker());
  }

  /// Each writes a log of its own.
  private static List<Policy.Statement> withoutLogs(Policy policy) {
    return policy.statements().stream().filter(s -> !"Log".equals(s.name())).toList();
  }

  private Map<String, Set<Permission>> needed() throws IOException {
    String machine = whole.deployment().stateMachine();
    Map<String, Set<Permission>> seen = new HashMap<>();
    policies.keySet().forEach(holder -> seen.put(holder, new LinkedHashSet<>()));
    for (Call call : whole.view().calls()) {
      if (seen.containsKey(call.function())) {
        seen.get(call.function()).addAll(Permission.of(call));
      }
    }
    for (StateMachineCall call : StateMachineCall.seen()) {
      if (call.role().equals(policies.get(machine).role())) {
        seen.get(machine).add(call.permission());
      }
    }
    return seen;
  }

  private Map<String, Set<Permission>> neededElsewhere() {
    Map<String, Set<Permission>> seen = new HashMap<>();
    for (Call call : whole.view().calls()) {
      String function = call.function();
      if (!function.isEmpty() && !call.isByStepFunctions() && !needed.containsKey(function)) {
        seen.computeIfAbsent(function, _ -> new LinkedHashSet<>()).addAll(Permission.of(call));
      }
    }
    return seen;
  }
}
