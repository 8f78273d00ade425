package io.frazil.session.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.frazil.events.Spent;
import io.frazil.session.QueryHandle;
import io.frazil.session.SessionBuilder;
import io.frazil.session.SessionContext;
import io.frazil.session.cost.Estimate;
import io.frazil.session.cost.Estimate.StageEstimate;
import io.frazil.session.cost.Interval;
import io.frazil.session.cost.LambdaShape;
import io.frazil.session.cost.PriceTable;
import io.frazil.session.cost.PriceTable.Architecture;
import io.frazil.session.cost.Rates;
import io.frazil.session.cost.WorkflowUse.Children;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionTest {
  private static final String GROUPED = "SELECT k, sum(v) FROM t GROUP BY k";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | SELECT count(*) FROM t",
        "0 | SELECT k, sum(v) FROM t GROUP BY k",
        "0 | SELECT * FROM t ORDER BY name",
        "0 | SELECT a.k FROM t a JOIN t b ON a.k = b.k",
        "4 | SELECT k, sum(v) FROM t GROUP BY k",
        "4 | SELECT a.k FROM t a JOIN t b ON a.k = b.k WHERE a.v > 5",
      })
  void moreToReadIsNotCheaper(int workers, String sql) {
    Estimate before = estimate(workers, new SizedTable(1, 1), sql);
    for (int files : new int[] {2, 5, 20, 100}) {
      Estimate more = estimate(workers, new SizedTable(files, files), sql);
      assertNotLess(more.dollars(), before.dollars());
      assertNotLess(more.seconds(), before.seconds());
      assertNotLess(more.bytes(), before.bytes());
      before = more;
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4})
  void whatIsPrunedIsNotPaidFor(int workers) {
    String sql = "SELECT sum(v) FROM t WHERE k < 10";
    Estimate all = estimate(workers, new SizedTable(50, 50), sql);
    Estimate pruned = estimate(workers, new SizedTable(50, 5), sql);
    assertThat(pruned.bytes().high()).isCloseTo(all.bytes().high() / 10, within(1.0));
    assertThat(pruned.dollars().high()).isLessThan(all.dollars().high() / 2);
    assertThat(pruned.dollars().low()).isLessThan(all.dollars().low());
  }

  @Test
  void columnsThatAreNotNamedAreNotRead() {
    SizedTable table = new SizedTable(10, 10);
    Interval narrow = estimate(0, table, "SELECT sum(v) FROM t").bytes();
    Interval wide = estimate(0, table, "SELECT * FROM t").bytes();
    assertThat(narrow.low()).isEqualTo(10 * 10_000_000.0);
    assertThat(wide.low()).isEqualTo(10 * 100_000_000.0);
  }

  @Test
  void moreWorkersTakeNoLonger() {
    SizedTable table = new SizedTable(100, 100);
    Interval few = estimate(2, table, GROUPED).seconds();
    Interval many = estimate(32, table, GROUPED).seconds();
    assertThat(many.low()).isLessThan(few.low());
  }

  @Test
  void theWholeIsWhatItsStagesReadAndMore() {
    Estimate estimate = estimate(4, new SizedTable(20, 20), GROUPED);
    assertThat(estimate.stages()).hasSizeGreaterThan(1);
    double bytes = estimate.stages().stream().mapToDouble(s -> s.bytes().high()).sum();
    double dollars = estimate.stages().stream().mapToDouble(s -> s.dollars().high()).sum();
    assertThat(estimate.bytes().high()).isEqualTo(bytes);
    assertThat(estimate.dollars().high()).isGreaterThan(dollars);
    assertThat(estimate.stages().getFirst().tasks()).isGreaterThan(1);
  }

  /// By hand: one stage of scans and the last one are two steps, after the coordinator that
  /// planned. Each is an invocation that reads the plan for as long as planning takes, and three
  /// transitions.
  @ParameterizedTest
  @EnumSource
  void aLongQueryIsPaidByItsStepsAndByWhatItsTasksRunAs(Children children) {
    Estimate estimate = onLambda(session -> session.longQueries(longer(Duration.ZERO, children)));
    assertThat(estimate.stages()).hasSize(2);
    StageEstimate scans = estimate.stages().getFirst();
    double gbSecond = 0.0000166667;
    double working =
        3 * Calibration.BUNDLED.planningSeconds().low()
            + estimate.stages().getLast().seconds().low();
    double workerSeconds = scans.dollars().low() / (LambdaShape.DEFAULT.workerGb() * gbSecond);
    double tasks =
        switch (children) {
          case STANDARD -> scans.tasks() * 0.000025;
          case EXPRESS ->
              scans.tasks() * 0.000001 + (workerSeconds + 0.1 * scans.tasks()) / 16 * 0.00001667;
        };
    double besides =
        working * LambdaShape.DEFAULT.coordinatorGb() * gbSecond
            + 3 * 0.0000002
            + 2 * 3 * 0.000025
            + tasks;
    assertThat(estimate.dollars().low()).isCloseTo(stages(estimate) + besides, within(1e-12));
  }

  @Test
  void stepsArePaidForWhereAQueryIsLongAndPerhapsWhereItMayBe() {
    Estimate without = onLambda(session -> session);
    Interval seconds = without.seconds();
    assertThat(seconds.high() - seconds.low()).as("%s", seconds).isGreaterThan(2);
    Duration between = Duration.ofSeconds((long) seconds.high() - 1);
    Estimate never = onLambda(s -> s.longQueries(longer(Duration.ofDays(1), Children.STANDARD)));
    Estimate perhaps = onLambda(s -> s.longQueries(longer(between, Children.STANDARD)));
    assertThat(never).isEqualTo(without);
    assertThat(perhaps.dollars().low()).isEqualTo(without.dollars().low());
    assertThat(perhaps.dollars().high())
        .isGreaterThan(without.dollars().high() + without.stages().getFirst().tasks() * 0.000025);
    assertThat(perhaps.stages())
        .as("what tasks are thought to cost, with which transitions are counted later")
        .isEqualTo(without.stages());
  }

  @Test
  void theRequestThatBroughtAQueryIsPaidFor() {
    Estimate without = onLambda(session -> session);
    Estimate byHttp = onLambda(session -> session.spentBefore(Spent.byHttpRequest()));
    assertThat(byHttp.dollars().low()).isCloseTo(without.dollars().low() + 0.000001, within(1e-12));
  }

  private static LongQueries longer(Duration from, Children children) {
    return new LongQueries(from, children);
  }

  private static double stages(Estimate estimate) {
    return estimate.stages().stream().mapToDouble(stage -> stage.dollars().low()).sum();
  }

  private static Estimate onLambda(UnaryOperator<SessionBuilder> settings) {
    var rates =
        new Rates(
            PriceTable.bundled("us-east-1", Architecture.X86),
            LambdaShape.DEFAULT,
            Rates.Site.LAMBDA);
    SessionBuilder builder = settings.apply(builder(4).rates(rates));
    try (SessionContext session = builder.build()) {
      session.register("t", new SizedTable(1_000, 1_000));
      return session.explain("SELECT sum(v) FROM t", List.of()).estimate();
    }
  }

  @Test
  void aStatementThatReadsNothingIsPredictedToTakeNothing() {
    try (SessionContext session = SessionContext.builder().build();
        QueryHandle shown = session.sql("SHOW TABLES")) {
      assertThat(shown.estimate()).isEqualTo(Estimate.NONE);
    }
  }

  @Test
  void explainSaysWhatAQueryWillCost() {
    try (SessionContext session = session(0, new SizedTable(3, 3))) {
      assertThat(session.explain(GROUPED).lines().toList().getLast())
          .matches(
              "Predicted: \\$[0-9.]+ to \\$[0-9.]+ \\(prices of us-east-1, 2026-11-21\\),"
                  + " 57\\.2 MiB to 60\\.1 MiB read in [0-9.]+ to [0-9.]+ s");
    }
  }

  private static void assertNotLess(Interval more, Interval less) {
    assertThat(more.low()).isGreaterThanOrEqualTo(less.low());
    assertThat(more.high()).isGreaterThanOrEqualTo(less.high());
  }

  private static Estimate estimate(int workers, SizedTable table, String sql) {
    try (SessionContext session = session(workers, table)) {
      return session.explain(sql, List.of()).estimate();
    }
  }

  private static SessionContext session(int workers, SizedTable table) {
    SessionContext session = builder(workers).build();
    session.register("t", table);
    return session;
  }

  private static SessionBuilder builder(int workers) {
    return SessionContext.builder()
        .threads(2)
        .workers(workers)
        .dispatcher(_ -> CompletableFuture.failedFuture(new AssertionError()));
  }
}
