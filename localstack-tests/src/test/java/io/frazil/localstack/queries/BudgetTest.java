package io.frazil.localstack.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.QueryState;
import io.frazil.events.QueryState.Phase;
import io.frazil.localstack.data.Statements;
import io.frazil.localstack.doors.Door;
import io.frazil.localstack.doors.Outcome;
import io.frazil.localstack.process.Waiting;
import io.frazil.localstack.traffic.Call;
import io.frazil.localstack.traffic.FaultProxy;
import io.frazil.localstack.traffic.FaultProxy.Fault;
import io.frazil.localstack.traffic.FaultProxy.Passage;
import io.frazil.localstack.whole.Moment;
import io.frazil.localstack.whole.OnLocalStack;
import io.frazil.localstack.whole.Whole;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/// Queries that are to cost less than they come to.
@OnLocalStack
@Timeout(120)
final class BudgetTest {
  private static final BigDecimal NEXT_TO_NOTHING = new BigDecimal("0.000000001");

  /// More than predicted, and than planning costs on a slow machine; less than two workers and a
  /// coordinator cost while they wait for their first reads.
  private static final BigDecimal ENOUGH_TO_BEGIN = new BigDecimal("0.0002");

  private static final Duration SLOW = Duration.ofSeconds(6);

  /// The same with the transitions of two steps and of the two tasks between them, each of which
  /// waits for two reads at least.
  private static final BigDecimal ENOUGH_FOR_A_WAVE = new BigDecimal("0.0005");

  private static final Duration SLOW_IN_A_WAVE = Duration.ofSeconds(3);

  private static final int TRANSITIONS_A_STEP = 3;
  private static final int WORKERS = 2;
  private static final String REPORT = ".*/tasks/\\d+\\.json";
  private static final Duration QUIET_LIMIT = Duration.ofSeconds(30);

  private final Whole whole;

  BudgetTest(Whole whole) {
    this.whole = whole;
  }

  @AfterEach
  void letThrough() {
    whole.view().faults(FaultProxy.Faults.NONE);
  }

  @TestFactory
  Stream<DynamicTest> aQueryPredictedToCostMoreEndsBeforeAWorkerBegins() {
    return Stream.of(whole.direct(), whole.http())
        .map(door -> test(door, () -> checkNothingBegins(door)));
  }

  @TestFactory
  Stream<DynamicTest> aQueryThatComesToCostMoreEndsWithWhatRan() {
    return Stream.of(
        test(whole.direct(), () -> checkStruckWhileWorkersRun(whole.direct())),
        test(whole.http(), () -> checkStruckWhileWorkersRun(whole.http())),
        test(whole.stateMachine(), this::checkStruckBetweenSteps));
  }

  private static DynamicTest test(Door door, Runnable check) {
    return DynamicTest.dynamicTest("by " + door.getClass().getSimpleName(), check::run);
  }

  private void checkNothingBegins(Door door) {
    int before = whole.view().calls().size();
    assertFailed(door.run(QueryRequest.of(Statements.ALL_KINDS).withBudget(NEXT_TO_NOTHING)));
    assertThat(whole.view().calls().stream().skip(before))
        .noneMatch(call -> Moment.CALL.isNow(call, whole.deployed()));
  }

  /// What ran are the attempts whose calls were under way as workers were told to stop.
  private void checkStruckWhileWorkersRun(Door door) {
    var struck = new Struck(door, ENOUGH_TO_BEGIN, SLOW);
    long told = struck.written(Struck::tellsToStop).min().orElseThrow();
    List<Passage> calls =
        struck.passages().filter(p -> Moment.CALL.isNow(p.call(), whole.deployed())).toList();
    assertThat(calls).as("calls of workers").anyMatch(call -> call.isUnderWay(told));
    assertThat(calls).as("calls after the end").noneMatch(call -> call.beganNanos() > told);
    long since =
        calls.stream()
            .filter(call -> call.isUnderWay(told))
            .mapToLong(Passage::beganNanos)
            .min()
            .orElseThrow();
    struck.checkCost(since, (1 + WORKERS) * (struck.ended - since));
  }

  /// What ran are the tasks of the last list: no more than one a worker, each until it told, and
  /// the coordinator that made the next step.
  private void checkStruckBetweenSteps() {
    var struck = new Struck(whole.stateMachine(), ENOUGH_FOR_A_WAVE, SLOW_IN_A_WAVE);
    long listed = struck.written(call -> call.path().endsWith("/tasks.json")).max().orElseThrow();
    assertThat(struck.passages())
        .as("what workers read")
        .anyMatch(p -> Moment.SCAN.isNow(p.call(), whole.deployed()));
    List<Passage> reports =
        struck
            .passages()
            .filter(p -> p.call().writes() && p.beganNanos() > listed)
            .filter(p -> p.call().path().matches(REPORT))
            .toList();
    assertThat(reports).as("tasks of the last list").hasSizeBetween(1, WORKERS);
    long workers = reports.stream().mapToLong(p -> p.endedNanos() - listed).sum();
    struck.checkCost(listed, workers + struck.ended - listed);
  }

  /// A query that was stopped at its budget.
  private final class Struck {
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final BigDecimal budget;
    private final Duration slow;
    private final String id;
    private final int before;
    private final long ended;

    /// @param slow how long each read of a table takes until workers are told to stop
    Struck(Door door, BigDecimal budget, Duration slow) {
      this.budget = budget;
      this.slow = slow;
      // The first query of a process plans for longer than others.
      door.run(QueryRequest.of(Statements.ALL_KINDS)).answer();
      this.before = whole.view().passages().size();
      String token = UUID.randomUUID().toString();
      this.id = door.query(token);
      whole.view().faults(this::slow);
      assertFailed(
          door.run(QueryRequest.of(Statements.ALL_KINDS).withBudget(budget).withToken(token)));
      this.ended = System.nanoTime();
      whole.view().faults(FaultProxy.Faults.NONE);
      checkNothingIsLeft();
    }

    private Fault slow(Call call) {
      if (tellsToStop(call)) {
        stopped.countDown();
      } else if (Moment.SCAN.isNow(call, whole.deployed())) {
        Waiting.on(stopped, slow);
      }
      return Fault.NONE;
    }

    static boolean tellsToStop(Call call) {
      return call.writes() && call.path().matches(".*/control-\\d+\\.json");
    }

    Stream<Passage> passages() {
      return whole.view().passages().stream().skip(before).filter(p -> whole.isOurs(p.call()));
    }

    /// When objects of the query were written.
    LongStream written(Predicate<Call> wanted) {
      return passages()
          .filter(p -> p.call().writes() && p.call().path().contains(id) && wanted.test(p.call()))
          .mapToLong(Passage::beganNanos);
    }

    private void checkNothingIsLeft() {
      assertThat(whole.isQuietWithin(QUIET_LIMIT)).as("all requests ended").isTrue();
      QueryState state = whole.queries().state(id).orElseThrow();
      assertThat(state.phase()).isEqualTo(Phase.FAILED);
      assertThat(state.leaseMillis()).isZero();
      assertThat(whole.queries().objects(id))
          .allMatch(name -> name.matches("(request|state|response|control(-\\d+)?)\\.json"));
      whole.leftovers().check();
    }

    /// The budget is overshot by no more than what ran.
    ///
    /// @param since when it began
    /// @param nanos how long functions of a gigabyte each ran since then
    void checkCost(long since, long nanos) {
      QueryResponse.Ledger ledger = response().ledger();
      assertThat(ledger).isNotNull();
      assertThat(ledger.lines())
          .as("what is paid for")
          .anyMatch(line -> line.item().equals("worker compute"));
      assertThat(ledger.dollars())
          .as("%s", ledger)
          .isLessThan(budget.doubleValue() + whatRan(since, nanos, ledger));
    }

    private QueryResponse response() {
      return whole.queries().response(id).orElseThrow();
    }

    /// That, and what was asked of services.
    private double whatRan(long since, long nanos, QueryResponse.Ledger ledger) {
      double gbSeconds = nanos / (double) TimeUnit.SECONDS.toNanos(1);
      double dollars = gbSeconds * price("GB-s", "compute", ledger);
      dollars += TRANSITIONS_A_STEP * price("requests", "transitions", ledger);
      for (Passage passage : passages().filter(p -> p.endedNanos() >= since).toList()) {
        Call call = passage.call();
        String item = call.invokes() ? "lambda requests" : call.writes() ? "s3 put" : "s3 get";
        dollars += price("requests", item, ledger);
        if (call.writes() && call.path().matches(REPORT)) {
          dollars += price("requests", "transitions", ledger);
        }
      }
      return dollars;
    }

    /// What one of something costs; nothing where the ledger has none.
    private static double price(String unit, String item, QueryResponse.Ledger ledger) {
      return ledger.lines().stream()
          .filter(line -> line.unit().equals(unit) && line.item().endsWith(item))
          .mapToDouble(line -> line.dollars() / line.quantity())
          .max()
          .orElse(0);
    }
  }

  private static void assertFailed(Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.error().code()).isEqualTo("BUDGET_EXCEEDED"));
  }
}
