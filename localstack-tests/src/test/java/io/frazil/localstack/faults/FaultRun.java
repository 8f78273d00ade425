package io.frazil.localstack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.error.ErrorCode;
import io.frazil.events.ErrorMessage;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.QueryState;
import io.frazil.localstack.data.Statements;
import io.frazil.localstack.deployment.Deployed;
import io.frazil.localstack.doors.Door;
import io.frazil.localstack.doors.Outcome;
import io.frazil.localstack.process.Waiting;
import io.frazil.localstack.traffic.Call;
import io.frazil.localstack.traffic.FaultProxy;
import io.frazil.localstack.traffic.FaultProxy.Fault;
import io.frazil.localstack.whole.Moment;
import io.frazil.localstack.whole.Whole;
import io.frazil.oracle.Answer;
import io.frazil.oracle.Answers;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// One query and what happens to it: it is right or cleanly failed, and leaves nothing but what
/// expires.
final class FaultRun {
  private static final Duration QUIET_LIMIT = Duration.ofSeconds(30);
  private static final Duration CLEAN_LIMIT = Duration.ofSeconds(10);
  private static final Duration POLL = Duration.ofMillis(100);

  /// More than predicted, and than planning costs on a slow machine; less than workers and a
  /// coordinator cost that wait for [#HOLD].
  private static final BigDecimal ENOUGH_TO_BEGIN = new BigDecimal("0.0002");

  /// The same of a state machine that is to begin a later stage: its steps and transitions are paid
  /// for too.
  private static final BigDecimal ENOUGH_FOR_STAGES = new BigDecimal("0.0005");

  private static final Duration HOLD = Duration.ofSeconds(6);

  /// Of an attempt, or of who had the query, while other attempts go on.
  private static final Set<Harm> LETTING_GO =
      EnumSet.of(Harm.LATE, Harm.TWICE, Harm.KILLED, Harm.KILLED_EACH_TIME);

  /// What tasks write, as everything else is written by those who have the query.
  private static final String BY_TASKS = "stages/\\d+/\\d+/tasks/.*";

  private final Whole whole;
  private final Scenario scenario;
  private final String token = UUID.randomUUID().toString();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger happened = new AtomicInteger();

  /// Whether the next worker that asks for anything was called to be killed.
  private final AtomicBoolean doomed = new AtomicBoolean();

  /// One that had the query, unless it was killed as it took it on.
  private final AtomicBoolean coordinatorKilled = new AtomicBoolean();

  private final CountDownLatch toldToStop = new CountDownLatch(1);

  FaultRun(Whole whole, Scenario scenario) {
    this.whole = whole;
    this.scenario = scenario;
  }

  /// @param expected what the query answers where nothing happens to it
  void check(Answer expected) {
    List<String> tables = tables();
    Outcome outcome;
    whole.view().faults(this::fault);
    try {
      outcome = door().run(request());
    } finally {
      whole.view().faults(FaultProxy.Faults.NONE);
    }
    // A query that is cancelled may be over before whoever cancelled it was told so.
    assertThat(isStruckBetweenSteps(outcome) || hasHappened()).as("it happened").isTrue();
    checkOutcome(outcome, expected);
    if (coordinatorKilled.get() && scenario.moment() != Moment.LEASE) {
      assertThat(whole.queries().state(door().query(token)).orElseThrow().epoch())
          .as("how many coordinators had it")
          .isGreaterThan(1);
    }
    if (scenario.harm() == Harm.COMMITTED) {
      assertThat(whole.lake().execute("SELECT count(*) FROM " + ownTable()))
          .as("rows after the commit")
          .isEqualTo(List.of(2L * expected.rows().size()));
    }
    if (scenario.harm() == Harm.OUT_OF_MEMORY) {
      assertThat(whole.view().calls()).as("calls of a large worker").anyMatch(this::commitsLarge);
    }
    assertThat(whole.isQuietWithin(QUIET_LIMIT)).as("all requests ended").isTrue();
    assertThat(tables()).as("the tables' objects").containsAll(tables);
    checkNothingIsLeft(outcome);
    whole.leftovers().check();
  }

  private boolean hasHappened() {
    return Waiting.until(QUIET_LIMIT, () -> happened.get() > 0);
  }

  /// Where workers and steps take long the step before may find that the query costs too much, and
  /// no worker of a later stage begins.
  private boolean isStruckBetweenSteps(Outcome outcome) {
    return scenario.harm() == Harm.BUDGET
        && isLaterInSteps()
        && outcome instanceof Outcome.Failed(ErrorMessage error)
        && error.code().equals(ErrorCode.BUDGET_EXCEEDED.name());
  }

  /// Of the schema that queries here read: tests that run beside these drop what they made in
  /// schemas of their own.
  private List<String> tables() {
    return whole.lake().objects().stream()
        .filter(object -> object.contains("/default.db/"))
        .toList();
  }

  /// Whether a large worker commits what the query asked it for.
  private boolean commitsLarge(Call call) {
    return call.isBy(whole.deployed().largeWorker())
        && call.writes()
        && call.path().contains("/queries/" + door().query(token) + "/stages/");
  }

  /// Whoever ends a query, be it the next after one that was killed, removes what its workers wrote
  /// for each other, once its end is told. What is written after that is the lifecycle's to remove,
  /// and so would be what somebody leaves who is killed as he removes.
  private void checkNothingIsLeft(Outcome outcome) {
    String id = door().query(token);
    QueryState state = whole.queries().state(id).orElseThrow();
    assertThat(state.phase().isTerminal()).as("over").isTrue();
    boolean _ = Waiting.until(CLEAN_LIMIT, POLL, () -> left(id, outcome).isEmpty());
    assertThat(left(id, outcome)).as("what its workers wrote").isEmpty();
  }

  private List<String> left(String id, Outcome outcome) {
    return whole.queries().stages(id).stream().filter(name -> !mayOutlive(name, outcome)).toList();
  }

  /// Whether a task may have written it when the query was over: one whose answer came from another
  /// attempt or was lost with its owner, or that a state machine lets go of as another fails.
  private boolean mayOutlive(String name, Outcome outcome) {
    boolean letGo =
        LETTING_GO.contains(scenario.harm())
            || scenario.way() == Scenario.Way.STATE_MACHINE && outcome instanceof Outcome.Failed;
    return letGo && name.matches(BY_TASKS);
  }

  private QueryRequest request() {
    QueryRequest request = QueryRequest.of(sql()).withToken(token);
    if (scenario.harm() != Harm.BUDGET) {
      return request;
    }
    return request.withBudget(isLaterInSteps() ? ENOUGH_FOR_STAGES : ENOUGH_TO_BEGIN);
  }

  private boolean isLaterInSteps() {
    return scenario.moment() == Moment.SHUFFLE && scenario.way() == Scenario.Way.STATE_MACHINE;
  }

  private String sql() {
    if (!hasOwnTable()) {
      return Statements.ALL_KINDS;
    }
    whole.lake().execute("CREATE TABLE %s AS SELECT * FROM orders".formatted(ownTable()));
    return Statements.ALL_KINDS.replace("FROM orders", "FROM " + ownTable());
  }

  /// Others read the tables that all have.
  private boolean hasOwnTable() {
    return scenario.harm() == Harm.COMMITTED || harmsATable();
  }

  private boolean harmsATable() {
    return scenario.harm() == Harm.TRUNCATED
        && (scenario.moment() == Moment.SCAN || scenario.moment() == Moment.PLANNING);
  }

  private String ownTable() {
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
      case RIGHT ->
          Answers.assertSameRows(
              Statements.ALL_KINDS,
              outcome.answer(),
              seesTheCommit(outcome.answer(), expected) ? twice(expected) : expected);
      case FAILED -> assertFailed(outcome);
      case RIGHT_OR_FAILED -> assertRightOrFailed(outcome, expected);
      case OVER_BUDGET -> {
        assertRightOrFailed(outcome, expected);
        if (scenario.way() != Scenario.Way.STATE_MACHINE) {
          assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        }
        if (outcome instanceof Outcome.Failed(ErrorMessage error)) {
          assertThat(error.code()).isEqualTo("BUDGET_EXCEEDED");
          assertThat(Waiting.until(QUIET_LIMIT, this::isPaidFor)).as("it has a ledger").isTrue();
        }
      }
      case RIGHT_OR_CANCELLED -> {
        assertRightOrFailed(outcome, expected);
        if (outcome instanceof Outcome.Failed(ErrorMessage error)) {
          assertThat(error.code()).isEqualTo("CANCELLED");
          assertThat(Waiting.until(QUIET_LIMIT, this::isPaidFor)).as("it has a ledger").isTrue();
        }
      }
    }
  }

  /// Of a query that was not planned yet when somebody committed: then it may see all of that.
  private boolean seesTheCommit(Answer answer, Answer expected) {
    return scenario.harm() == Harm.COMMITTED
        && (scenario.moment() == Moment.PLANNING || scenario.moment() == Moment.LEASE)
        && answer.rows().size() != expected.rows().size();
  }

  /// The answer where each order is there twice.
  private static Answer twice(Answer answer) {
    return new Answer(
        answer.columns(), answer.rows().stream().flatMap(row -> Stream.of(row, row)).toList());
  }

  /// As its last owner says, or as it told before somebody else ended the query.
  private boolean isPaidFor() {
    String id = door().query(token);
    Optional<QueryResponse.Ledger> ledger = whole.queries().response(id).map(QueryResponse::ledger);
    return ledger.isPresent()
        ? ledger.get().dollars() > 0
        : whole.queries().state(id).orElseThrow().spent() != null;
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
    if (!(outcome instanceof Outcome.Failed(ErrorMessage error))) {
      throw new AssertionError("it did not fail: " + outcome.getClass().getSimpleName());
    }
    assertThat(ErrorCode.valueOf(error.code())).isNotEqualTo(ErrorCode.INTERNAL);
    assertThat(error.message()).isNotBlank().doesNotContain("\tat ", "Exception");
  }

  private Fault fault(Call call) {
    if (call.writes() && call.path().matches(".*/control-\\d+\\.json")) {
      toldToStop.countDown();
    }
    if (call.isBy(whole.deployed().worker()) && doomed.compareAndSet(true, false)) {
      happened.incrementAndGet();
      return killed(call);
    }
    boolean now =
        scenario.moment().isNow(call, whole.deployed())
            && (!harmsATable() || call.path().contains("/" + ownTable() + "/"))
            && (scenario.harm() != Harm.CANCELLED || isThere())
            && begun.getAndUpdate(n -> n < scenario.harm().times() ? n + 1 : n)
                < scenario.harm().times();
    if (!now) {
      return Fault.NONE;
    }
    if (scenario.harm() == Harm.KILLED && call.isByStepFunctions()) {
      doomed.set(true);
      return Fault.NONE;
    }
    Fault fault = fault(scenario.harm(), call);
    happened.incrementAndGet();
    return fault;
  }

  /// A query can be cancelled once it was accepted.
  private boolean isThere() {
    return whole.queries().state(door().query(token)).isPresent();
  }

  private Fault killed(Call call) {
    whole.environments().kill(call.function(), call.environment());
    Deployed deployed = whole.deployed();
    if (call.isBy(deployed.coordinator()) || call.isBy(deployed.http())) {
      coordinatorKilled.set(true);
      whole.queries().endLease(door().query(token));
    }
    return Fault.RESET;
  }

  private Fault fault(Harm harm, Call call) {
    return switch (harm) {
      case BUSY -> Fault.BUSY;
      case SLOW -> Fault.SLOW;
      case CUT_SHORT -> Fault.CUT_SHORT;
      case RESET -> Fault.RESET;
      case LOST_REPLY -> Fault.LOST_REPLY;
      case THROTTLED -> Fault.THROTTLED;
      case OUT_OF_MEMORY -> Fault.OUT_OF_MEMORY;
      case LATE -> Fault.LATE;
      case TWICE -> Fault.TWICE;
      case KILLED, KILLED_EACH_TIME -> killed(call);
      case TRUNCATED -> {
        whole.objects().truncate(call.path());
        yield Fault.NONE;
      }
      case COMMITTED -> {
        whole.lake().execute("INSERT INTO %s SELECT * FROM orders".formatted(ownTable()));
        yield Fault.NONE;
      }
      case BUDGET -> {
        Waiting.on(toldToStop, HOLD);
        yield Fault.NONE;
      }
      case CANCELLED -> {
        door().cancel(token);
        yield Fault.NONE;
      }
    };
  }
}
