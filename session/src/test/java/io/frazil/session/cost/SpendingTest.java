package io.frazil.session.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.ErrorMessage;
import io.frazil.events.FragmentResponse;
import io.frazil.events.Spent;
import io.frazil.json.JsonText;
import io.frazil.session.cost.Ledger.Basis;
import io.frazil.session.cost.Ledger.Line;
import io.frazil.session.cost.PriceTable.Architecture;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpendingTest {
  private static final BigDecimal GB_SECOND = new BigDecimal("0.0000166667");

  private static final double REQUEST = 2e-7;

  private static final BigDecimal DISK = new BigDecimal("9.5");

  /// A worker of 4 GB, a large one of 10, a coordinator of 2.
  private static final Rates RATES =
      new Rates(
          PriceTable.bundled("us-east-1", Architecture.X86),
          new LambdaShape(2, 4, 10, 2, 100e6, 250_000_000, Duration.ofMillis(10)),
          Rates.Site.LAMBDA);

  private long nanos;

  @Test
  void aLedgerIsWhatTheResponsesComeToByHand() {
    Spending spending = spending(null);
    List<FragmentResponse> workers =
        List.of(
            response(0, 1_200_000_000L, 1_250L, 40, 2, null),
            response(0, 800_400_000L, null, 30, 1, null),
            response(0, 300_000_000L, 310L, 9, 0, "STORE_UNAVAILABLE"),
            response(1, 2_000_000_000L, 2_003L, 3, 1, null));
    workers.forEach(r -> end(spending, r, Place.WORKER));
    end(spending, response(1, 5_000_000_000L, 5_001L, 7, 4, null), Place.LARGE_WORKER);
    end(spending, response(1, 9_000_000_000L, null, 0, 0, null), Place.HERE);
    var lost = new CompletableFuture<FragmentResponse>();
    CompletableFuture<FragmentResponse> given = spending.attempt(0, Place.WORKER, () -> lost);
    nanos += 700_000_000;
    lost.completeExceptionally(new IllegalStateException("gone"));
    assertThat(given).isCompletedExceptionally();
    CompletableFuture<FragmentResponse> _ =
        spending.attempt(1, Place.WORKER, CompletableFuture::new);
    nanos += 100_000_000;
    spending.coordinatorRequests().addGet();
    spending.coordinatorRequests().addPut();
    spending.add(new WorkflowUse(6, 0, 0, 0));
    Ledger ledger = new LambdaCost(RATES).billed(spending.bill(Duration.ofMillis(3_000)));

    // Of stage 0 one attempt of four was lost, of stage 1 one of three runs: they are taken to have
    // asked for as much as the others did on the average.
    long lostGets = 27 + 5;
    long lostPuts = 1 + 3;
    // Billed 1250 + 310 + 2003 ms, measured ceil(800.4) ms, lost 700 ms and 100 ms so far; 4 GB.
    BigDecimal workerMillis = new BigDecimal(1_250 + 310 + 2_003 + 801 + 700 + 100);
    BigDecimal gbSeconds =
        workerMillis
            .multiply(new BigDecimal(4))
            .add(new BigDecimal(5_001 * 10))
            .add(new BigDecimal(3_000 * 2))
            .divide(new BigDecimal(1_000));
    BigDecimal dollars =
        gbSeconds
            .multiply(GB_SECOND)
            .add(new BigDecimal("0.0000000309").multiply(new BigDecimal("5.001")).multiply(DISK))
            .add(new BigDecimal("0.0000002").multiply(new BigDecimal(7 + 1)))
            .add(
                new BigDecimal("0.0000004")
                    .multiply(new BigDecimal(40 + 30 + 9 + 3 + 7 + 1 + lostGets)))
            .add(new BigDecimal("0.000005").multiply(new BigDecimal(2 + 1 + 1 + 4 + 1 + lostPuts)))
            .add(new BigDecimal("0.000025").multiply(new BigDecimal(6)));
    assertThat(ledger.dollars()).isCloseTo(dollars.doubleValue(), within(1e-12));
    assertThat(ledger.lines())
        .extracting(Line::where, Line::item, Line::quantity, Line::basis)
        .contains(
            tuple("stage 0", "worker compute", 1.56 * 4, Basis.REPORTED),
            tuple("stage 0", "worker compute", 0.801 * 4, Basis.MEASURED),
            tuple("stage 0", "worker compute", 0.7 * 4, Basis.ASSUMED),
            tuple("stage 1", "large worker compute", 50.01, Basis.REPORTED),
            tuple("stage 0", "lambda requests", 4.0, Basis.MEASURED),
            tuple("stage 0", "s3 get", 79.0, Basis.MEASURED),
            tuple("stage 0", "s3 get", 27.0, Basis.ASSUMED),
            tuple("stage 0", "s3 read", 300.0, Basis.MEASURED),
            tuple("step functions", "transitions", 6.0, Basis.MEASURED));
  }

  /// What a leader tells of attempts whose workers told nothing: one was killed after 1.1 s, one
  /// found no room; and one of which not even the time is known, for which 2 s were waited.
  @Test
  void attemptsThatFailedUnderALeaderArePaidForAsThoseThatFailedWithoutOne() {
    Spending spending = spending(null);
    end(spending, response(0, 1_000_000_000L, 1_000L, 8, 2, null), Place.WORKER);
    end(spending, untold(1_100_000_000L, "WORKER_DIED"), Place.WORKER);
    end(spending, untold(0, "THROTTLED"), Place.WORKER);
    var told = new CompletableFuture<FragmentResponse>();
    CompletableFuture<FragmentResponse> _ = spending.attempt(0, Place.WORKER, () -> told);
    nanos += 2_000_000_000;
    told.complete(untold(0, "ATTEMPT_LOST"));
    Ledger ledger = new LambdaCost(RATES).billed(spending.bill(Duration.ZERO));
    assertThat(ledger.lines())
        .filteredOn(line -> line.where().equals("stage 0"))
        .extracting(Line::item, Line::quantity, Line::basis)
        .containsExactly(
            tuple("worker compute", 4.0, Basis.REPORTED),
            tuple("worker compute", 3.1 * 4, Basis.ASSUMED),
            tuple("lambda requests", 3.0, Basis.MEASURED),
            tuple("s3 get", 8.0, Basis.MEASURED),
            tuple("s3 put", 2.0, Basis.MEASURED),
            tuple("s3 get", 16.0, Basis.ASSUMED),
            tuple("s3 put", 4.0, Basis.ASSUMED),
            tuple("s3 read", 100.0, Basis.MEASURED));
  }

  @Test
  void whatFailedUnderALeaderMakesTheOthersNoCheaper() {
    // 4 GB for a second cost 0.0000667.
    Spending spending = spending(new BigDecimal("0.0002"));
    spending.predict(0, 0.00006);
    for (int i = 0; i < 2; i++) {
      var told = new CompletableFuture<FragmentResponse>();
      CompletableFuture<FragmentResponse> _ = spending.attempt(0, Place.WORKER, () -> told);
      nanos += 1_000_000_000;
      told.complete(untold(0, "WORKER_DIED"));
    }
    assertThat(spending.affords(0, Place.WORKER)).isFalse();
  }

  @Test
  void anAttemptThatNobodyWaitsForIsPaidForAsOneThatRuns() {
    Spending spending = spending(null);
    var call = new CompletableFuture<FragmentResponse>();
    CompletableFuture<FragmentResponse> response = spending.attempt(0, Place.WORKER, () -> call);
    nanos += 1_000_000_000;
    assertThat(response.cancel(true)).isTrue();
    assertThat(call).isCancelled();
    nanos += 1_000_000_000;
    assertThat(spending.spent(Duration.ZERO).attempts())
        .extracting(Spent.Attempts::outcome, Spent.Attempts::millis)
        .containsExactly(tuple(Spent.Outcome.RUNNING, 2_000L));
  }

  @Test
  void childrenArePaidForByTheirKind() {
    Spending spending = spending(null).goingOnAfter(Spent.NOTHING.stepped(2));
    end(spending, response(0, 1_000_000_000L, 1_000L, 5, 1, null), Place.WORKER);
    end(spending, response(0, 1_000_000_000L, 3_000L, 5, 1, null), Place.WORKER);
    assertThat(spending.workflow(WorkflowUse.Children.STANDARD))
        .isEqualTo(new WorkflowUse(2 * 3, 2, 0, 0));
    // A sixteenth of a gigabyte, and a tenth of a second more for each.
    assertThat(spending.workflow(WorkflowUse.Children.EXPRESS))
        .isEqualTo(new WorkflowUse(2 * 3, 0, 2, 4.2 / 16));
  }

  /// A state machine numbers a task's attempts on the large worker from 101.
  @Test
  void whatStoppedOnALargeWorkerIsPaidAsThat() {
    Spending spending = spending(null);
    FragmentResponse usual = response(0, 1_000_000_000L, 1_000L, 5, 1, "ATTEMPT_LOST");
    FragmentResponse large = response(0, 2_000_000_000L, 2_000L, 5, 1, "MEMORY_LIMIT");
    spending.stopped(0, List.of(attempt(usual, 100), attempt(large, 101)), 0);
    assertThat(new LambdaCost(RATES).billed(spending.bill(Duration.ZERO)).lines())
        .filteredOn(line -> line.item().endsWith("worker compute"))
        .extracting(Line::item, Line::quantity, Line::basis)
        .containsExactlyInAnyOrder(
            tuple("worker compute", 4.0, Basis.REPORTED),
            tuple("large worker compute", 20.0, Basis.REPORTED));
  }

  /// Ten gigabytes, half of one of which every function has.
  @Test
  void aLargeWorkersDiskIsPaidForAsLongAsItRuns() {
    Spending spending = spending(null);
    end(spending, response(0, 1_000_000_000L, 1_000L, 0, 0, null), Place.WORKER);
    end(spending, response(0, 1_000_000_000L, 2_000L, 0, 0, null), Place.LARGE_WORKER);
    assertThat(new LambdaCost(RATES).billed(spending.bill(Duration.ZERO)).lines())
        .filteredOn(line -> line.item().contains("disk"))
        .containsExactly(
            new Line(
                "stage 0",
                "large worker disk above 512 MB",
                19,
                "GB-s",
                19 * 0.0000000309,
                Basis.REPORTED));
  }

  @Test
  void anAttemptBeyondTheBudgetIsRefused() {
    Spending spending = spending(new BigDecimal("0.0001"));
    // 4 GB for a second cost 0.0000667.
    end(spending, response(2, 1_000_000_000L, 1_000L, 0, 0, null), Place.WORKER);
    assertThat(spending.affords(2, Place.WORKER)).isFalse();
    assertThatThrownBy(() -> spending.attempt(2, Place.WORKER, CompletableFuture::new))
        .isInstanceOf(FrazilException.class)
        .hasMessage(
            "The query was stopped at its budget of $0.0001: $0.0000671 are spent or under way,"
                + " and a task of stage 2 is thought to cost $0.0000669")
        .extracting(e -> ((FrazilException) e).code())
        .isEqualTo(ErrorCode.BUDGET_EXCEEDED);
  }

  @Test
  void whatAnotherProcessDidIsPaidForWhateverTheBudget() {
    Spending spending = spending(new BigDecimal("0.0001"));
    spending.found(2, Collections.nCopies(3, response(2, 1_000_000_000L, 1_000L, 0, 0, null)));
    assertThat(dollars(spending))
        .isCloseTo(3 * (4 * GB_SECOND.doubleValue() + REQUEST) + REQUEST, within(1e-12));
    assertThatThrownBy(() -> spending.fitting(List.of(), WorkflowUse.Children.STANDARD, 9))
        .isInstanceOf(FrazilException.class)
        .hasMessage("The query was stopped at its budget of $0.0001: $0.000201 are spent");
  }

  /// A transition costs 0.000025, a step takes three.
  @Test
  void asManyTasksFitAMapAsTheBudgetHasRoomForWithTheirTransitions() {
    Spending spending = spending(new BigDecimal("0.0003"));
    spending.predict(0, 0.00001);
    spending.predict(1, 0.00002);
    List<NextTask> tasks =
        Stream.of(0, 0, 1, 0, 1, 1, 1).map(stage -> new NextTask(stage, Place.WORKER)).toList();
    // 0.000075 for the step, 0.000035 for each of stage 0, 0.000045 for each of stage 1.
    assertThat(spending.fitting(tasks, WorkflowUse.Children.STANDARD, 9)).isEqualTo(5);
    assertThat(spending.fitting(tasks, WorkflowUse.Children.EXPRESS, 9)).isEqualTo(7);
    assertThat(spending.fitting(tasks, WorkflowUse.Children.EXPRESS, 2)).isEqualTo(2);
    spending.add(new WorkflowUse(9, 0, 0, 0));
    assertThatThrownBy(() -> spending.fitting(tasks, WorkflowUse.Children.STANDARD, 9))
        .isInstanceOf(FrazilException.class)
        .hasMessage(
            "The query was stopped at its budget of $0.0003: $0.000225 are spent, and a task of"
                + " stage 0 is thought to cost $0.000035")
        .extracting(e -> ((FrazilException) e).code())
        .isEqualTo(ErrorCode.BUDGET_EXCEEDED);
    assertThat(spending.fitting(List.of(), WorkflowUse.Children.STANDARD, 9)).isZero();
    assertThat(spending(null).fitting(tasks, WorkflowUse.Children.STANDARD, 2)).isEqualTo(7);
  }

  /// A quarter of an hour of 4 GB costs 0.06, and as much again what it asks of S3.
  @Test
  void moreThanRunAtOnceFitAMapOnlyWhereTheirMostFits() {
    List<NextTask> tasks = Collections.nCopies(5, new NextTask(0, Place.WORKER));
    Spending little = spending(new BigDecimal("0.59"));
    little.predict(0, 0.00001);
    assertThat(little.fitting(tasks, WorkflowUse.Children.STANDARD, 2)).isEqualTo(2);
    Spending enough = spending(new BigDecimal("0.61"));
    enough.predict(0, 0.00001);
    assertThat(enough.fitting(tasks, WorkflowUse.Children.STANDARD, 2)).isEqualTo(5);
  }

  /// 10 GB and the disk for as long as 4, and the way there.
  @Test
  void aTaskForALargeWorkerFitsByWhatThatCosts() {
    double usual = 0.0001;
    double large = usual * (10 * 0.0000166667 + 9.5 * 0.0000000309) / (4 * 0.0000166667);
    List<NextTask> tasks = List.of(new NextTask(0, Place.LARGE_WORKER));
    BigDecimal transitions = new BigDecimal("0.000125");
    for (double factor : List.of(0.99, 1.01)) {
      Spending spending = spending(transitions.add(BigDecimal.valueOf(large * factor + REQUEST)));
      spending.predict(0, usual);
      if (factor > 1) {
        assertThat(spending.fitting(tasks, WorkflowUse.Children.STANDARD, 2)).isEqualTo(1);
      } else {
        assertThatThrownBy(() -> spending.fitting(tasks, WorkflowUse.Children.STANDARD, 2))
            .hasMessageContaining("a task of stage 0 is thought to cost $0.0003");
      }
    }
  }

  @Test
  void whatNobodyPredictedIsTriedOnce() {
    Spending spending = spending(new BigDecimal("0.0001"));
    spending.predict(0, 0.00009);
    CompletableFuture<FragmentResponse> _ =
        spending.attempt(0, Place.WORKER, CompletableFuture::new);
    assertThat(spending.affords(0, Place.WORKER)).isFalse();
    assertThat(spending.affords(1, Place.WORKER)).isTrue();
  }

  /// Whatever tasks turn out to cost, the whole is above the budget by no more than what those that
  /// ran when the last one started then cost beyond what they were thought to.
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void aBudgetIsOvershotByNoMoreThanWhatRuns(long seed) {
    var random = new Random(seed);
    double budget = 0.0005 + random.nextDouble() * 0.01;
    Spending spending = spending(BigDecimal.valueOf(budget));
    spending.predict(0, random.nextDouble() * 0.0001);
    int workers = 1 + random.nextInt(16);
    Deque<Running> running = new ArrayDeque<>();
    double endedBefore = 0;
    double underWay = 0;
    while (true) {
      if (running.size() == workers || (!running.isEmpty() && random.nextInt(4) == 0)) {
        finish(running.remove());
        continue;
      }
      long millis = 10 + (long) Math.expm1(random.nextDouble() * 8);
      var response = new CompletableFuture<FragmentResponse>();
      double before = dollars(spending) - running.size() * REQUEST;
      try {
        CompletableFuture<FragmentResponse> _ = spending.attempt(0, Place.WORKER, () -> response);
      } catch (FrazilException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.BUDGET_EXCEEDED);
        break;
      }
      running.add(new Running(response, millis));
      endedBefore = before;
      underWay = running.stream().mapToDouble(Running::dollars).sum();
    }
    running.forEach(SpendingTest::finish);
    assertThat(endedBefore).as("before the last one, seed %d", seed).isLessThanOrEqualTo(budget);
    assertThat(dollars(spending))
        .as("in all, seed %d", seed)
        .isCloseTo(endedBefore + underWay, within(1e-12));
  }

  private record Running(CompletableFuture<FragmentResponse> response, long millis) {
    double dollars() {
      return millis / 1e3 * 4 * GB_SECOND.doubleValue() + REQUEST;
    }
  }

  private static void finish(Running task) {
    task.response().complete(response(0, 0, task.millis(), 0, 0, null));
  }

  private static double dollars(Spending spending) {
    return new LambdaCost(RATES).billed(spending.bill(Duration.ZERO)).dollars();
  }

  private Spending spending(@Nullable BigDecimal budget) {
    return new Spending(RATES, budget, nanos).timedBy(() -> nanos);
  }

  private static void end(Spending spending, FragmentResponse response, Place place) {
    assertThat(
            spending.attempt(
                response.stage(), place, () -> CompletableFuture.completedFuture(response)))
        .isCompleted();
  }

  private static FragmentResponse attempt(FragmentResponse response, int attempt) {
    return new FragmentResponse(
        response.query(),
        response.stage(),
        response.task(),
        attempt,
        response.partial(),
        response.inline(),
        response.statistics(),
        response.error());
  }

  private static FragmentResponse untold(long nanos, String error) {
    return new FragmentResponse(
        "q",
        0,
        0,
        1,
        null,
        null,
        new FragmentResponse.Statistics(nanos, 0, 0, 0, 0, null, Map.of()),
        new ErrorMessage(error, "TRANSIENT", "gone", null));
  }

  private static FragmentResponse response(
      int stage, long nanos, @Nullable Long billed, long gets, long puts, @Nullable String error) {
    return new FragmentResponse(
        "q",
        stage,
        0,
        1,
        error == null ? new JsonText("{}") : null,
        null,
        new FragmentResponse.Statistics(
            nanos, 0, 0, gets, puts, billed, Map.of(7, Map.of("READ_BYTES", 100L))),
        error == null ? null : new ErrorMessage(error, "TRANSIENT", "busy", null));
  }
}
