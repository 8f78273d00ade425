package io.frazil.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.events.QueryRequest;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What functions may do is what they do: every call that was seen is allowed, and everything that
/// is allowed was seen. It comes last, so that it sees what all other tests had them do.
@OnLocalStack
@Order(Integer.MAX_VALUE)
@Timeout(240)
final class PermissionsTest {
  /// Why something is allowed that is never seen here.
  private static final Map<String, String> EXCEPTIONS =
      Map.of(
          "logs:CreateLogStream", "Lambda itself writes a function's log",
          "logs:PutLogEvents", "Lambda itself writes a function's log",
          "xray:PutTraceSegments", "Lambda itself traces",
          "xray:PutTelemetryRecords", "Lambda itself traces",
          "sqs:SendMessage", "Lambda itself tells of an event that failed",
          "s3:AbortMultipartUpload", "a large object that could not be written to its end");

  private final LocalStack stack;
  private final Whole whole;

  PermissionsTest(LocalStack stack, Whole whole) {
    this.stack = stack;
    this.whole = whole;
  }

  /// Whatever was run before: each function does once what it is there for.
  @BeforeEach
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
    http.ask("GET", "/v1/tables", null);
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
  void everythingThatIsAllowedIsNeeded() throws IOException {
    Set<String> unused = new LinkedHashSet<>();
    policies()
        .forEach((function, policy) -> {
          for (Policy.Statement statement : policy.statements()) {
            if (statement.allows()) {
              Set<String> never = new HashSet<>(statement.actions());
              never.removeAll(EXCEPTIONS.keySet());
              never.removeAll(used(function, statement));
              never.forEach(action ->
                  unused.add(
                      "%s never needs %s of %s".formatted(function, action, statement.name())));
            }
          }
        });
    assertThat(unused).isEmpty();
  }

  @Test
  void noPolicyAllowsAllActionsOrAllResources() throws IOException {
    policies()
        .forEach((function, policy) -> {
          for (Policy.Statement statement : policy.statements()) {
            if (statement.allows()) {
              assertThat(statement.actions())
                  .as(function)
                  .noneMatch(action -> action.contains("*"));
              boolean hasNoResources =
                  statement.actions().stream().allMatch(a -> a.startsWith("xray:"));
              assertThat(hasNoResources || !statement.resources().contains("*"))
                  .as("%s: %s", function, statement)
                  .isTrue();
            }
          }
        });
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
