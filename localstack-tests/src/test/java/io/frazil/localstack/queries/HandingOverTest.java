package io.frazil.localstack.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.events.QueryRequest;
import io.frazil.localstack.data.Statements;
import io.frazil.localstack.doors.HttpApi;
import io.frazil.localstack.doors.Outcome;
import io.frazil.localstack.process.Waiting;
import io.frazil.localstack.traffic.Call;
import io.frazil.localstack.traffic.FaultProxy;
import io.frazil.localstack.traffic.FaultProxy.Fault;
import io.frazil.localstack.whole.Moment;
import io.frazil.localstack.whole.OnLocalStack;
import io.frazil.localstack.whole.Whole;
import io.frazil.oracle.Answers;
import io.frazil.oracle.TpchOracle;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Queries that the HTTP function begins, as they look short, and a coordinator ends.
@OnLocalStack
@Timeout(180)
final class HandingOverTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Whole whole;
  private final CountDownLatch takenOn = new CountDownLatch(1);

  HandingOverTest(Whole whole) {
    this.whole = whole;
  }

  @AfterEach
  void letThrough() {
    whole.view().faults(FaultProxy.Faults.NONE);
  }

  /// No table is read before a coordinator has the query.
  @Test
  void aQueryWhoseWorkersOutlastTheHttpFunctionIsRight() {
    HttpApi http = whole.http();
    String token = UUID.randomUUID().toString();
    String id = http.query(token);
    whole.view().faults(call -> untilTakenOn(call, id));
    Outcome outcome = http.run(QueryRequest.of(Statements.ALL_KINDS).withToken(token));
    try (TpchOracle oracle = whole.lake().oracle()) {
      Answers.assertSameRows(
          Statements.ALL_KINDS, outcome.answer(), oracle.query(Statements.ALL_KINDS));
    }
    assertThat(takenOn.getCount()).as("a coordinator has it").isZero();
  }

  private Fault untilTakenOn(Call call, String id) {
    if (call.isBy(whole.deployed().coordinator()) && call.path().contains(id)) {
      takenOn.countDown();
    } else if (Moment.SCAN.isNow(call, whole.deployed())) {
      Waiting.on(takenOn, LIMIT);
    }
    return Fault.NONE;
  }
}
