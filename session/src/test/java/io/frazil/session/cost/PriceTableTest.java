package io.frazil.session.cost;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.session.cost.Ledger.Basis;
import io.frazil.session.cost.Ledger.Line;
import io.frazil.session.cost.PriceTable.Architecture;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PriceTableTest {
  @Test
  void aRegionHasItsOwnPrices() {
    PriceTable frankfurt = PriceTable.bundled("eu-central-1", Architecture.ARM);
    assertThat(frankfurt.label()).isEqualTo("eu-central-1");
    assertThat(frankfurt.s3Get()).isEqualTo(0.00000043);
    assertThat(frankfurt.s3Put()).isEqualTo(0.0000054);
    assertThat(frankfurt.lambdaGbSecond()).isEqualTo(0.0000133334);
  }

  @Test
  void aRegionWithoutPricesIsSaidAndAssumed() {
    PriceTable unknown = PriceTable.bundled("xx-new-1", Architecture.X86);
    assertThat(unknown.label()).isEqualTo("xx-new-1 priced as us-east-1");
    var rates = new Rates(unknown, LambdaShape.DEFAULT, Rates.Site.LAMBDA);
    Ledger ledger =
        new LambdaCost(rates).billed(new Bill(List.of(), 1, 10, 1, 1, WorkflowUse.NONE));
    assertThat(ledger.region()).isEqualTo("xx-new-1 priced as us-east-1");
    assertThat(ledger.lines()).extracting(Line::basis).containsOnly(Basis.ASSUMED);
  }

  @Test
  void aFunctionKnowsItsRatesByItsEnvironment() {
    Rates rates =
        Rates.of(
            Map.of(
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "2048",
                "AWS_REGION", "eu-west-1",
                "FRAZIL_WORKER_MEMORY", "3072"));
    assertThat(rates.site()).isEqualTo(Rates.Site.LAMBDA);
    assertThat(rates.prices().region()).isEqualTo("eu-west-1");
    assertThat(rates.shape().coordinatorGb()).isEqualTo(2);
    assertThat(rates.shape().workerGb()).isEqualTo(3);
    assertThat(rates.shape().largeWorkerGb()).isEqualTo(10);
    assertThat(Rates.of(Map.of())).isEqualTo(Rates.DEFAULT);
  }
}
