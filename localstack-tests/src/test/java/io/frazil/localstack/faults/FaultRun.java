package io.frazil.localstack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.error.ErrorCode;
import io.frazil.events.ErrorMessage;
import io.frazil.events.QueryRequest;
import io.frazil.localstack.data.Statements;
import io.frazil.localstack.doors.Door;
import io.frazil.localstack.doors.Outcome;
import io.frazil.localstack.traffic.Call;
import io.frazil.localstack.traffic.FaultProxy;
import io.frazil.localstack.traffic.FaultProxy.Fault;
import io.frazil.localstack.whole.Whole;
import io.frazil.oracle.Answer;
import io.frazil.oracle.Answers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/// One query and what happens to it: it is right or cleanly failed, and leaves nothing but what
/// expires.
final class FaultRun {
  private static final Duration QUIET_LIMIT = Duration.ofSeconds(30);

  private final Whole whole;
  private final Scenario scenario;
  private final String token = UUID.randomUUID().toString();
  private final AtomicInteger times = new AtomicInteger();

  FaultRun(Whole whole, Scenario scenario) {
    this.whole = whole;
    this.scenario = scenario;
  }

  /// @param expected what the query answers where nothing happens to it
  void check(Answer expected) {
    List<String> tables = whole.lake().objects();
    Outcome outcome;
    whole.view().faults(this::fault);
    try {
      outcome = door().run(QueryRequest.of(sql()).withToken(token));
    } finally {
      whole.view().faults(FaultProxy.Faults.NONE);
      whole.objects().restore();
    }
    assertThat(times.get()).as("it happened").isPositive();
    checkOutcome(outcome, expected);
    if (scenario.harm() == Harm.COMMITTED) {
      assertThat(whole.lake().execute("SELECT count(*) FROM " + busyTable()))
          .as("rows after the commit")
          .isEqualTo(List.of(2L * expected.rows().size()));
    }
    assertThat(whole.view().isQuietWithin(QUIET_LIMIT)).as("all requests ended").isTrue();
    assertThat(whole.lake().objects()).as("the tables' objects").containsAll(tables);
    whole.leftovers().check();
  }

  /// Of tables that somebody commits to each query has its own.
  private String sql() {
    if (scenario.harm() != Harm.COMMITTED) {
      return Statements.ALL_KINDS;
    }
    whole.lake().execute("CREATE TABLE %s AS SELECT * FROM orders".formatted(busyTable()));
    return Statements.ALL_KINDS.replace("FROM orders", "FROM " + busyTable());
  }

  private String busyTable() {
    return "orders_" + token.replace("-", "");
  }

  private Door door() {
    return switch (scenario.way()) {
      case DIRECT -> whole.direct();
      case HTTP -> whole.http();
      case STATE_MACHINE -> whole.stateMachine();
    };
  }

  private void checkOutcome(Outcome outcome, Answer expected) {
    switch (scenario.harm().promise()) {
      case RIGHT -> Answers.assertSameRows(Statements.ALL_KINDS, outcome.answer(), expected);
      case FAILED -> assertFailed(outcome);
      case RIGHT_OR_FAILED -> assertRightOrFailed(outcome, expected);
      case RIGHT_OR_CANCELLED -> {
        assertRightOrFailed(outcome, expected);
        if (outcome instanceof Outcome.Failed(ErrorMessage error)) {
          assertThat(error.code()).isEqualTo("CANCELLED");
        }
      }
    }
  }

  private static void assertRightOrFailed(Outcome outcome, Answer expected) {
    switch (outcome) {
      case Outcome.Answered(Answer answer) ->
          Answers.assertSameRows(Statements.ALL_KINDS, answer, expected);
      case Outcome.Failed _, Outcome.TooMany _ -> assertFailed(outcome);
    }
  }

  /// A failure that says what happened, and not that something is wrong with us.
  private static void assertFailed(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    ErrorMessage error = ((Outcome.Failed) outcome).error();
    assertThat(ErrorCode.valueOf(error.code())).isNotEqualTo(ErrorCode.INTERNAL);
    assertThat(error.message()).isNotBlank().doesNotContain("\tat ", "Exception");
  }

  private Fault fault(Call call) {
    boolean now =
        scenario.moment().isNow(call, whole.deployed())
            && times.getAndUpdate(n -> n < scenario.harm().times() ? n + 1 : n)
                < scenario.harm().times();
    return now ? fault(scenario.harm(), call) : Fault.NONE;
  }

  private Fault fault(Harm harm, Call call) {
    return switch (harm) {
      case BUSY -> Fault.BUSY;
      case SLOW -> Fault.SLOW;
      case CUT_SHORT -> Fault.CUT_SHORT;
      case RESET -> Fault.RESET;
      case LOST_REPLY -> Fault.LOST_REPLY;
      case THROTTLED -> Fault.THROTTLED;
      case LATE -> Fault.LATE;
      case TWICE -> Fault.TWICE;
      case KILLED, KILLED_EACH_TIME -> {
        whole.environments().kill(call.function(), call.environment());
        yield Fault.RESET;
      }
      case TRUNCATED -> {
        whole.objects().truncate(call.path());
        yield Fault.NONE;
      }
      case COMMITTED -> {
        whole.lake().execute("INSERT INTO %s SELECT * FROM orders".formatted(busyTable()));
        yield Fault.NONE;
      }
      case CANCELLED -> {
        whole.http().ask("DELETE", "/v1/queries/" + whole.http().query(token), null);
        yield Fault.NONE;
      }
    };
  }
}
