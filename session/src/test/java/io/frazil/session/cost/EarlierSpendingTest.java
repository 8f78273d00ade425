package io.frazil.session.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.frazil.engine.error.FrazilException;
import io.frazil.events.ErrorMessage;
import io.frazil.events.FragmentResponse;
import io.frazil.events.RunStoredTask;
import io.frazil.events.Spent;
import io.frazil.json.JsonText;
import io.frazil.session.cost.Ledger.Basis;
import io.frazil.session.cost.Ledger.Line;
import io.frazil.session.cost.PriceTable.Architecture;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Bills of queries that another coordinator worked for before.
class EarlierSpendingTest {
  private static final BigDecimal GB_SECOND = new BigDecimal("0.0000166667");

  /// A worker of 4 GB, a large one of 10, a coordinator of 2.
  private static final Rates RATES =
      new Rates(
          PriceTable.bundled("us-east-1", Architecture.X86),
          new LambdaShape(2, 4, 10, 2, 100e6, 250_000_000, Duration.ofMillis(10)),
          Rates.Site.LAMBDA);

  /// What a coordinator of 2 GB that worked for 9 s said last: of stage 0 three tasks succeeded, an
  /// attempt failed and two ran; it handed tasks on by a leader.
  private static final Spent LOST =
      new Spent(
          1,
          9_000 * 2_048,
          0,
          1_000 * 2_048,
          11,
          3,
          1,
          0,
          0,
          List.of(
              attempts(Spent.Place.WORKER, Spent.Outcome.SUCCEEDED, Spent.Basis.REPORTED, 3, 600),
              attempts(Spent.Place.WORKER, Spent.Outcome.FAILED, Spent.Basis.MEASURED, 1, 50),
              attempts(Spent.Place.WORKER, Spent.Outcome.RUNNING, Spent.Basis.ASSUMED, 2, 100),
              attempts(Spent.Place.LEADER, Spent.Outcome.FAILED, Spent.Basis.REPORTED, 1, 700)));

  @Test
  void theBillOfAQueryThatIsGoneOnWithIsTheWholeQuerysByHand() {
    Spending spending = goingOn();
    // Of stage 0, five tasks' partials are there: the three that were told of and the two that ran.
    spending.found(0, List.of(silent(), silent(), silent(), silent(), silent()));
    end(spending, told(0, 400));
    Ledger ledger = ledger(spending.bill(Duration.ofSeconds(4)));

    // Each of the two that ran is taken to have run as long as the three did on the average.
    BigDecimal workerMillis = new BigDecimal(600 + 50 + 2 * 200 + 400);
    BigDecimal coordinatorMillis = new BigDecimal(9_000 + 1_000 + 4_000 + 700);
    BigDecimal gbSeconds =
        workerMillis
            .multiply(new BigDecimal(4))
            .add(coordinatorMillis.multiply(new BigDecimal(2)))
            .divide(new BigDecimal(1_000));
    // Three of 4 gets and a put each, the failed one likewise, and this coordinator's one: the two
    // that told nothing are taken to have asked for as much.
    long told = 5;
    BigDecimal dollars =
        gbSeconds
            .multiply(GB_SECOND)
            .add(new BigDecimal("0.0000002").multiply(new BigDecimal(told + 2 + 1 + 2)))
            .add(new BigDecimal("0.0000004").multiply(new BigDecimal(4 * (told + 2) + 11)))
            .add(new BigDecimal("0.000005").multiply(new BigDecimal(told + 2 + 3)))
            .add(new BigDecimal("0.000001"));
    assertThat(ledger.dollars()).isCloseTo(dollars.doubleValue(), within(1e-12));
    assertThat(ledger.lines())
        .extracting(Line::where, Line::item, Line::quantity, Line::basis)
        .contains(
            tuple("stage 0", "worker compute", 0.6 * 4 + 0.4 * 4, Basis.REPORTED),
            tuple("stage 0", "worker compute", 0.05 * 4, Basis.MEASURED),
            tuple("stage 0", "worker compute", 0.4 * 4, Basis.ASSUMED),
            tuple("stage 0", "leader compute", 0.7 * 2, Basis.REPORTED),
            tuple("coordinator", "coordinator compute", 26.0, Basis.MEASURED),
            tuple("coordinator", "coordinator compute", 2.0, Basis.ASSUMED),
            tuple("coordinator", "lambda requests", 2.0, Basis.MEASURED),
            tuple("http api", "requests", 1.0, Basis.MEASURED),
            tuple("coordinator", "invoked for nothing", 0.0, Basis.NOT_INCLUDED),
            tuple("http api", "later requests", 0.0, Basis.NOT_INCLUDED));
  }

  @Test
  void whatAClosingTellsIsNotCountedTwice() {
    Spending spending = goingOn();
    spending.found(
        0, List.of(told(0, 190), told(0, 200), told(0, 210), told(0, 300), told(0, 310)));
    assertThat(workerSeconds(spending)).isCloseTo(4 * (1.21 + 0.05), within(1e-9));
  }

  @Test
  void whatRanAndIsNotThereWasPaidForAllTheSame() {
    Spending spending = goingOn();
    spending.found(0, List.of(silent(), silent(), silent()));
    assertThat(workerSeconds(spending)).isCloseTo(4 * (0.6 + 0.05 + 2 * 0.2), within(1e-9));
  }

  @Test
  void partialsThatNobodyToldOfCostWhatWasPredicted() {
    Spending spending = new Spending(RATES, null, 0).goingOnAfter(Spent.NOTHING.takenOn(0));
    // 4 GB for 0.15 s.
    spending.predict(2, 0.15 * 4 * GB_SECOND.doubleValue());
    spending.found(2, List.of(silent(), silent()));
    assertThat(workerSeconds(spending)).isCloseTo(4 * 2 * 0.15, within(0.01));
  }

  @Test
  void aQueryBegunAnewPaysForWhatWasGivenUp() {
    Spending spending = new Spending(RATES, null, 0).anewAfter(LOST.takenOn(0));
    end(spending, told(0, 1_000));
    assertThat(ledger(spending.bill(Duration.ZERO)).lines())
        .filteredOn(line -> line.item().equals("worker compute"))
        .extracting(Line::where, Line::quantity, Line::basis)
        .containsExactly(
            tuple("begun anew", 0.6 * 4, Basis.REPORTED),
            tuple("begun anew", 0.05 * 4, Basis.MEASURED),
            tuple("begun anew", 0.1 * 4, Basis.ASSUMED),
            tuple("stage 0", 4.0, Basis.REPORTED));
  }

  @Test
  void whatCannotBeDoesNotOverflow() {
    long most = Spent.AMOUNT_MAX;
    List<Spent.Attempts> attempts =
        Stream.of(Spent.Outcome.values())
            .map(outcome ->
                new Spent.Attempts(
                    0,
                    Spent.Place.WORKER,
                    outcome,
                    Spent.Basis.MEASURED,
                    most,
                    most,
                    most,
                    most,
                    most))
            .toList();
    Spent spent = new Spent(most, most, most, most, most, most, most, most, most, attempts);
    Spending spending = new Spending(RATES, BigDecimal.ONE, 0).goingOnAfter(spent.takenOn(most));
    spending.found(0, List.of(silent(), told(0, 1)));
    assertThat(ledger(spending.bill(Duration.ofSeconds(1))).lines())
        .allSatisfy(line -> assertThat(line.quantity()).isNotNegative());
    assertThat(spending.spent(Duration.ofSeconds(1)).attempts()).isNotEmpty();
    assertThat(spending.affords(0, Place.WORKER)).isFalse();
  }

  @Test
  void theNextCoordinatorIsToldTheSame() {
    Spending first = goingOn();
    first.found(0, List.of(silent(), silent(), silent(), silent(), silent()));
    end(first, told(0, 400));
    CompletableFuture<FragmentResponse> _ =
        first.attempt(1, Place.LARGE_WORKER, CompletableFuture::new);
    Spent left = first.spent(Duration.ofSeconds(4)).left();
    Spending second = new Spending(RATES, null, 0).goingOnAfter(left);
    Ledger before = ledger(first.bill(Duration.ofSeconds(4)));
    Ledger after = ledger(second.bill(Duration.ZERO));
    // What the attempt that ran took since is not to be seen.
    assertThat(after.dollars()).isCloseTo(before.dollars(), within(1e-5));
    assertThat(second.spent(Duration.ZERO).gets()).isEqualTo(left.gets());
  }

  @Test
  void aLargeWorkersTaskStaysOneOfALargeWorker() {
    Spent spent =
        new Spent(
            1,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            List.of(
                attempts(Spent.Place.WORKER, Spent.Outcome.FAILED, Spent.Basis.REPORTED, 1, 90),
                attempts(
                    Spent.Place.LARGE_WORKER,
                    Spent.Outcome.SUCCEEDED,
                    Spent.Basis.REPORTED,
                    1,
                    500)));
    Spending spending = new Spending(RATES, null, 0).goingOnAfter(spent);
    spending.found(0, List.of(told(0, 500)));
    assertThat(ledger(spending.bill(Duration.ZERO)).lines())
        .filteredOn(line -> line.where().equals("stage 0") && line.item().endsWith("compute"))
        .extracting(Line::item, Line::quantity)
        .containsExactly(tuple("worker compute", 0.36), tuple("large worker compute", 5.0));
  }

  /// Nobody told where it ran but its attempt's number.
  @Test
  void whatAStateMachineRanOnALargeWorkerIsPaidForAsThat() {
    Spending first = new Spending(RATES, null, 0).goingOnAfter(Spent.NOTHING.takenOn(0));
    List<FragmentResponse> responses = List.of(told(0, 90), onLargeWorker(told(0, 500)));
    first.found(0, responses);
    Spending second =
        new Spending(RATES, null, 0).goingOnAfter(first.spent(Duration.ZERO).left().takenOn(0));
    second.found(0, responses);
    for (Spending spending : List.of(first, second)) {
      assertThat(ledger(spending.bill(Duration.ZERO)).lines())
          .filteredOn(line -> line.where().equals("stage 0") && line.item().endsWith("compute"))
          .extracting(Line::item, Line::quantity, Line::basis)
          .containsExactly(
              tuple("worker compute", 0.36, Basis.REPORTED),
              tuple("large worker compute", 5.0, Basis.REPORTED));
    }
  }

  private static FragmentResponse onLargeWorker(FragmentResponse response) {
    return new FragmentResponse(
        response.query(),
        response.stage(),
        response.task(),
        RunStoredTask.FIRST_LARGE,
        response.partial(),
        null,
        response.statistics(),
        null);
  }

  /// Of stage 0 an attempt told that it failed after 300 ms on a worker, one after 700 ms on a
  /// large one, and one ended without a word: with the task that succeeded after 200 ms, 400 ms on
  /// the average.
  @Test
  void whatAStateMachineTriedAgainIsPaidForOnceHoweverManyStepsFindIt() {
    var failed = new FailedAttempts(List.of(failed(1, 300), failed(101, 700)), 1, 0, 1);
    Spending first = new Spending(RATES, null, 0).goingOnAfter(Spent.NOTHING.takenOn(0));
    first.found(0, List.of(told(0, 200)));
    first.foundFailed(0, failed);
    Spent left = first.spent(Duration.ZERO).stepped(1).left().takenOn(0);
    Spending found = new Spending(RATES, null, 0).goingOnAfter(left);
    found.found(0, List.of(told(0, 200)));
    found.foundFailed(0, failed);
    Spending toldOnly = new Spending(RATES, null, 0).goingOnAfter(left);
    for (Spending spending : List.of(first, found, toldOnly)) {
      assertThat(ledger(spending.bill(Duration.ZERO)).lines())
          .filteredOn(line -> line.where().equals("stage 0"))
          .filteredOn(line -> !line.item().startsWith("s3"))
          .extracting(Line::item, Line::quantity, Line::basis)
          .containsExactlyInAnyOrder(
              tuple("worker compute", 0.5 * 4, Basis.REPORTED),
              tuple("worker compute", 0.0, Basis.MEASURED),
              tuple("worker compute", 0.4 * 4, Basis.ASSUMED),
              tuple("large worker compute", 0.7 * 10, Basis.REPORTED),
              tuple("large worker disk above 512 MB", 6.65, Basis.REPORTED),
              tuple("lambda requests", 5.0, Basis.MEASURED));
    }
    for (Spending spending : List.of(found, toldOnly)) {
      assertThat(spending.workflow(WorkflowUse.Children.STANDARD))
          .isEqualTo(new WorkflowUse(2 * 3, 1 + 4, 0, 0));
    }
  }

  @Test
  void whatAStateMachineTriedAgainStaysPaidForWhenTheQueryBeginsAnew() {
    Spending first = new Spending(RATES, null, 0).goingOnAfter(Spent.NOTHING.takenOn(0));
    first.foundFailed(0, new FailedAttempts(List.of(failed(1, 300)), 0, 0, 0));
    Spent left = first.spent(Duration.ZERO).stepped(1).left().takenOn(0);
    Spending anew = new Spending(RATES, null, 0).anewAfter(left);
    Spending goneOnWith =
        new Spending(RATES, null, 0).goingOnAfter(anew.spent(Duration.ZERO).left().takenOn(0));
    for (Spending spending : List.of(anew, goneOnWith)) {
      assertThat(workerSeconds(spending)).isCloseTo(0.3 * 4, within(1e-9));
      assertThat(spending.workflow(WorkflowUse.Children.STANDARD).taskTransitions()).isEqualTo(2);
    }
  }

  private static FragmentResponse failed(int attempt, long billedMillis) {
    return new FragmentResponse(
        "q",
        0,
        0,
        attempt,
        null,
        null,
        new FragmentResponse.Statistics(1, 0, 0, 4, 1, billedMillis, Map.of()),
        new ErrorMessage("STORE_UNAVAILABLE", "TRANSIENT", "busy", null));
  }

  @Test
  void theBudgetIsTheWholeQuerys() {
    double spent = ledger(goingOn().bill(Duration.ZERO)).dollars();
    Spending spending =
        new Spending(RATES, BigDecimal.valueOf(spent * 1.01), System.nanoTime())
            .goingOnAfter(LOST.takenOn(0));
    spending.predict(1, spent);
    assertThatThrownBy(() -> spending.attempt(1, Place.WORKER, CompletableFuture::new))
        .isInstanceOf(FrazilException.class)
        .hasMessageStartingWith("The query was stopped at its budget of $");
    Spending alone = new Spending(RATES, BigDecimal.valueOf(spent * 1.01), System.nanoTime());
    alone.predict(1, spent * 0.99);
    assertThat(alone.affords(1, Place.WORKER)).isTrue();
  }

  private static Spending goingOn() {
    return new Spending(RATES, null, 0).goingOnAfter(LOST.takenOn(0));
  }

  private static double workerSeconds(Spending spending) {
    return ledger(spending.bill(Duration.ZERO)).lines().stream()
        .filter(line -> line.item().equals("worker compute"))
        .mapToDouble(Line::quantity)
        .sum();
  }

  private static Ledger ledger(Bill bill) {
    return new LambdaCost(RATES).billed(bill);
  }

  private static void end(Spending spending, FragmentResponse response) {
    assertThat(
            spending.attempt(
                response.stage(), Place.WORKER, () -> CompletableFuture.completedFuture(response)))
        .isCompleted();
  }

  /// Each of four gets and a put, where it tells.
  private static Spent.Attempts attempts(
      Spent.Place place, Spent.Outcome outcome, Spent.Basis basis, long count, long millis) {
    boolean tells = outcome != Spent.Outcome.RUNNING && place != Spent.Place.LEADER;
    return new Spent.Attempts(
        0, place, outcome, basis, count, millis, tells ? 4 * count : 0, tells ? count : 0, 0);
  }

  private static FragmentResponse told(int stage, long billedMillis) {
    return response(stage, new FragmentResponse.Statistics(1, 0, 0, 4, 1, billedMillis, Map.of()));
  }

  /// Of which there is a partial alone.
  private static FragmentResponse silent() {
    return response(0, new FragmentResponse.Statistics(0, 0, 0, 0, 0, null, Map.of()));
  }

  private static FragmentResponse response(int stage, FragmentResponse.Statistics statistics) {
    return new FragmentResponse("q", stage, 0, 1, new JsonText("{}"), null, statistics, null);
  }
}
