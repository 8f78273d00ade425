package io.frazil.localstack.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.events.Json;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.localstack.deployment.Deployed;
import io.frazil.localstack.deployment.Deployment;
import io.frazil.localstack.deployment.Functions;
import io.frazil.localstack.stack.Buckets;
import io.frazil.localstack.stack.LocalStack;
import io.frazil.localstack.whole.OnLocalStack;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// The template as it is, deployed and deployed again: what is made of it works together after an
/// upgrade, as it does before it in all other tests.
@OnLocalStack
@Timeout(600)
@Execution(ExecutionMode.CONCURRENT)
final class DeploymentTest {
  private final LocalStack stack;
  private final Functions functions;

  DeploymentTest(LocalStack stack) {
    this.stack = stack;
    this.functions = new Functions(stack);
  }

  @AfterEach
  void close() {
    functions.close();
  }

  @Test
  void anUpgradePublishesFunctionsThatReachEachOther() throws IOException {
    Deployment deployment =
        Deployment.of(stack, "frazil-deployment", Buckets.create(stack), Map.of());
    assertThat(deployment.passedOver())
        .as("what LocalStack does not make")
        .containsExactly(
            "AWS::ApiGatewayV2::Api",
            "AWS::ApiGatewayV2::Integration",
            "AWS::ApiGatewayV2::Route",
            "AWS::ApiGatewayV2::Stage");

    Deployed first = deployment.deployed();
    Deployed second = deployment.updated(Map.of("WorkerMemory", "1088")).deployed();
    assertThat(second.worker()).isNotEqualTo(first.worker());
    assertThat(second.coordinator()).isNotEqualTo(first.coordinator());
    assertThat(second.http()).isNotEqualTo(first.http());
    answer(second, "CREATE SCHEMA deployed");
    answer(second, "CREATE TABLE deployed.t AS SELECT 1 AS id, 'a' AS name");
    assertThat(answer(second, "SELECT id, name FROM deployed.t").rows())
        .isEqualTo(List.of(List.of(1L, "a")));
    // That the versions before it stay is for the template to say: LocalStack removes them.
  }

  private QueryResponse answer(Deployed deployed, String sql) {
    byte[] request = Json.encode(QueryRequest.of(sql));
    QueryResponse answer =
        Json.decode(functions.answer(deployed.coordinator(), request), QueryResponse.class);
    assertThat(answer.error()).as(sql).isNull();
    return answer;
  }
}
