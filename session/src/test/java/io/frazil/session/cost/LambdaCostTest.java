package io.frazil.session.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.frazil.session.cost.Ledger.Basis;
import io.frazil.session.cost.Ledger.Line;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LambdaCostTest {
  private static final PriceTable PRICES =
      PriceTable.bundled("us-east-1", PriceTable.Architecture.X86);

  /// Two gigabytes a processor, so that a worker of four has two.
  private static final LambdaShape SHAPE =
      new LambdaShape(2, 4, 8, 2, 100e6, 250_000_000, Duration.ofMillis(10));

  private final LambdaCost cost = new LambdaCost(new Rates(PRICES, SHAPE, Rates.Site.ELSEWHERE));

  @Test
  void theBundledTableIsTheOneThatAwsPublished() {
    assertThat(PRICES.region()).isEqualTo("us-east-1");
    assertThat(PRICES.lambdaGbSecond()).isEqualTo(0.0000166667);
    assertThat(PRICES.lambdaRequest()).isEqualTo(2e-7);
    assertThat(PRICES.s3Get()).isEqualTo(4e-7);
    assertThat(PRICES.s3Put()).isEqualTo(5e-6);
    assertThat(PriceTable.bundled("us-east-1", PriceTable.Architecture.ARM).lambdaGbSecond())
        .isEqualTo(0.0000133334);
  }

  /// By hand: 10 s of CPU on 2 processors are 5 s, more than reading 400 MB at 100 MB/s (4 s); with
  /// 2 tasks of 10 ms overhead 5.02 s of 4 GB are 20.08 GB-s.
  @Test
  void aStageThatComputesLongerThanItReads() {
    var stage = new LedgerEntry(0, Duration.ofSeconds(10), 400_000_000, 60, 4);
    Ledger ledger = cost.imagined(Duration.ofSeconds(3), List.of(stage));
    assertThat(ledger.lines())
        .containsExactly(
            new Line(
                "stage 0", "worker compute", 20.08, "GB-s", 20.08 * 0.0000166667, Basis.ASSUMED),
            new Line("stage 0", "lambda requests", 2, "requests", 2 * 2e-7, Basis.ASSUMED),
            new Line("stage 0", "s3 get", 60, "requests", 60 * 4e-7, Basis.ASSUMED),
            new Line("stage 0", "s3 put", 4, "requests", 4 * 5e-6, Basis.ASSUMED),
            new Line(
                "coordinator", "coordinator compute", 6, "GB-s", 6 * 0.0000166667, Basis.ASSUMED),
            new Line("coordinator", "lambda requests", 1, "requests", 2e-7, Basis.ASSUMED));
    assertThat(ledger.dollars())
        .isCloseTo(
            0.000334667336 + 0.0000004 + 0.000024 + 0.00002 + 0.0001000002 + 0.0000002,
            within(1e-12));
  }

  /// By hand: reading 1 GB at 100 MB/s takes 10 s, more than 1 s of CPU; 4 tasks of 250 MB each.
  @Test
  void aStageThatRanInOneProcessIsSplitByItsBytes() {
    var stage = new LedgerEntry(0, Duration.ofSeconds(1), 1_000_000_000, 0, 0);
    assertThat(cost.imagined(Duration.ZERO, List.of(stage)).lines().subList(0, 2))
        .containsExactly(
            new Line(
                "stage 0", "worker compute", 40.16, "GB-s", 40.16 * 0.0000166667, Basis.ASSUMED),
            new Line("stage 0", "lambda requests", 4, "requests", 8e-7, Basis.ASSUMED));
  }
}
