package io.frazil.localstack.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.events.QueryRequest;
import io.frazil.events.QueryState.Phase;
import io.frazil.localstack.data.Statements;
import io.frazil.localstack.doors.DirectDoor;
import io.frazil.localstack.doors.HttpApi;
import io.frazil.localstack.doors.Outcome;
import io.frazil.localstack.process.Waiting;
import io.frazil.localstack.whole.OnLocalStack;
import io.frazil.localstack.whole.Whole;
import io.frazil.oracle.Answer;
import io.frazil.oracle.Answers;
import io.frazil.oracle.TpchOracle;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Queries that are predicted to be long, from the door through the state machine to their end.
@OnLocalStack
@Timeout(180)
final class LongQueriesTest {
  private static final Map<String, String> EVERY_QUERY_IS_LONG =
      Map.of("FRAZIL_LONG_QUERY_SECONDS", "0");

  /// LocalStack may lose an answer, and whoever asks again gets what the state machine has made
  /// meanwhile.
  private static final int TRIES = 3;

  private static final Duration END_LIMIT = Duration.ofSeconds(90);

  private final Whole whole;
  private QueryRequest request = asked();

  LongQueriesTest(Whole whole) {
    this.whole = whole;
  }

  @Test
  void theHttpFunctionHandsItToTheStateMachine() {
    HttpApi live = whole.http();
    String function = published(whole.deployed().http());
    var http = new HttpApi(whole.functions(), function, live.key(), live.caller());
    // What a cold one takes to plan is more than a query may take here.
    assertThat(http.ask("GET", "/v1/tables/default/orders", null).statusCode()).isEqualTo(200);
    assertRight(http.run(request));
    checkHandedOver(http.query(String.valueOf(request.token())), whole.deployed().httpName());
  }

  @Test
  void theCoordinatorHandsItToTheStateMachine() {
    String function = published(whole.deployed().coordinator());
    var door = new DirectDoor(whole.functions(), function);
    Outcome outcome = door.run(request);
    for (int i = 1; i < TRIES && outcome instanceof Outcome.Answered; i++) {
      request = asked();
      outcome = door.run(request);
    }
    String id = door.query(String.valueOf(request.token()));
    assertThat(outcome)
        .as("it does not wait")
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.error().code()).isEqualTo("TIME_LIMIT"));
    assertThat(Waiting.until(END_LIMIT, () -> phase(id).isTerminal())).isTrue();
    assertRight(whole.direct().run(request));
    checkHandedOver(id, whole.deployed().coordinatorName());
  }

  private static QueryRequest asked() {
    return QueryRequest.of(Statements.ALL_KINDS).withToken(UUID.randomUUID().toString());
  }

  private String published(String function) {
    String code = whole.deployment().code().coordinator();
    return whole.functions().publishNext(function, code, EVERY_QUERY_IS_LONG);
  }

  private Phase phase(String id) {
    return whole.queries().state(id).orElseThrow().phase();
  }

  private void checkHandedOver(String id, String by) {
    assertThat(phase(id)).isEqualTo(Phase.DONE);
    assertThat(whole.view().calls())
        .as("executions that were started")
        .anyMatch(call ->
            call.function().equals(by)
                && call.service().equals("states")
                && call.content().contains(id + "-1"));
  }

  private void assertRight(Outcome outcome) {
    Answer expected;
    try (TpchOracle oracle = whole.lake().oracle()) {
      expected = oracle.query(Statements.ALL_KINDS);
    }
    Answers.assertSameRows(Statements.ALL_KINDS, outcome.answer(), expected);
  }
}
