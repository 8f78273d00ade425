package io.frazil.session.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.frazil.session.QueryHandle;
import io.frazil.session.SessionBuilder;
import io.frazil.session.SessionContext;
import io.frazil.session.cost.Estimate;
import io.frazil.session.cost.Interval;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    SessionBuilder builder = SessionContext.builder().threads(2).workers(workers);
    SessionContext session =
        builder.dispatcher(_ -> CompletableFuture.failedFuture(new AssertionError())).build();
    session.register("t", table);
    return session;
  }
}
