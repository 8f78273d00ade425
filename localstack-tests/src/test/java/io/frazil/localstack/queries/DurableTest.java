package io.frazil.localstack.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.coordinator.query.Queries;
import io.frazil.coordinator.query.QueryRunner;
import io.frazil.events.Json;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.QueryState.Phase;
import io.frazil.events.StepAnswer;
import io.frazil.events.StepQuery;
import io.frazil.localstack.deployment.StateMachines;
import io.frazil.localstack.doors.Outcome;
import io.frazil.localstack.stack.Buckets;
import io.frazil.localstack.stack.LocalStack;
import io.frazil.localstack.whole.OnLocalStack;
import io.frazil.localstack.whole.Whole;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/// Queries that Step Functions brings to their end.
@OnLocalStack
@Timeout(240)
final class DurableTest {
  private static final Duration END_LIMIT = Duration.ofMinutes(3);
  private static final String QUERY =
      """
      SELECT a.l_returnflag, count(*) AS n, sum(b.l_quantity) AS quantity
      FROM lineitem AS a FULL JOIN lineitem AS b
      ON a.l_orderkey = b.l_orderkey AND a.l_linenumber = b.l_linenumber
      GROUP BY a.l_returnflag ORDER BY 1\
      """;

  private final LocalStack stack;
  private final Whole whole;
  private final Queries queries;
  private StateMachines machine;

  DurableTest(LocalStack stack, Whole whole) {
    this.stack = stack;
    this.whole = whole;
    this.queries =
        new Queries(
            Buckets.store(stack.endpoint()), whole.deployed().results(), InstantSource.system());
  }

  @BeforeEach
  void create(TestInfo test) throws IOException {
    machine =
        StateMachines.create(stack, test.getTestMethod().orElseThrow().getName(), whole.deployed());
  }

  @AfterEach
  void close() {
    machine.close();
  }

  @Test
  void aStepThatIsRepeatedChangesNothing() {
    String id = submit(QUERY);
    assertThat(step(id).next()).isEqualTo(StepAnswer.Next.TASKS);
    String execution = machine.start(id);
    CompletableFuture<StepAnswer> beside =
        CompletableFuture.supplyAsync(() -> step(id), Thread::startVirtualThread);
    assertThat(machine.await(execution, END_LIMIT)).isEqualTo(ExecutionStatus.SUCCEEDED);
    assertThat(beside.join()).isNotNull();
    assertThat(step(id).next()).isEqualTo(StepAnswer.Next.DONE);
    assertAnswered(id);
  }

  private String submit(String sql) {
    return queries.submit(QueryRunner.OPERATOR, QueryRequest.of(sql));
  }

  private StepAnswer step(String id) {
    byte[] answer =
        whole
            .functions()
            .invoke(whole.deployed().coordinator(), Json.encode(StepQuery.of(id)))
            .payload()
            .asByteArray();
    return Json.decode(answer, StepAnswer.class);
  }

  private void assertAnswered(String id) {
    assertThat(queries.status(QueryRunner.OPERATOR, id).state()).isEqualTo(Phase.DONE);
    QueryResponse response = queries.response(QueryRunner.OPERATOR, id);
    assertThat(Outcome.of(response).answer())
        .isEqualTo(whole.direct().run(QueryRequest.of(QUERY)).answer());
  }
}
