package io.frazil.session.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.frazil.session.cost.Ledger.Basis;
import io.frazil.session.cost.Ledger.Line;
import io.frazil.session.cost.PriceTable.Architecture;
import io.frazil.session.cost.PriceTable.Price;
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
    assertThat(frankfurt.of(Price.LAMBDA_DISK_GB_SECOND)).isEqualTo(0.0000000367);
  }

  @Test
  void whatWasNotReadOfARegionIsAssumed() {
    PriceTable ohio = PriceTable.bundled("us-east-2", Architecture.X86);
    assertThat(ohio.label()).isEqualTo("us-east-2");
    assertThat(ohio.assumed())
        .contains(Price.S3_GET, Price.S3_PUT)
        .doesNotContain(Price.LAMBDA_GB_SECOND, Price.TRANSITION);
    assertThat(ohio.s3Get()).isEqualTo(4e-7);
    Ledger ledger =
        new LambdaCost(new Rates(ohio, LambdaShape.DEFAULT, Rates.Site.LAMBDA))
            .billed(
                new Bill(
                    List.of(),
                    new Bill.Coordination(1, 0.02, 0, 1, 0),
                    new WorkflowUse(3, 0, 0, 0),
                    0));
    assertThat(ledger.lines())
        .extracting(Line::item, Line::basis)
        .containsExactly(
            tuple("coordinator compute", Basis.MEASURED),
            tuple("lambda requests", Basis.ASSUMED),
            tuple("s3 get", Basis.ASSUMED),
            tuple("transitions", Basis.MEASURED),
            tuple("compute before the request, after a cold start", Basis.NOT_INCLUDED),
            tuple("compute after the last row", Basis.NOT_INCLUDED),
            tuple("steps tried again, and calls without room", Basis.NOT_INCLUDED),
            tuple("workers' compute before tasks, after a cold start", Basis.NOT_INCLUDED));
  }

  @Test
  void theRegionThatOthersAreComparedWithHasAllPrices() {
    for (Architecture architecture : Architecture.values()) {
      assertThat(PriceTable.bundled(PriceTable.NEAREST, architecture).assumed()).isEmpty();
    }
  }

  @Test
  void aRegionWithoutPricesIsSaidAndAssumed() {
    PriceTable unknown = PriceTable.bundled("xx-new-1", Architecture.X86);
    assertThat(unknown.label()).isEqualTo("xx-new-1 priced as us-east-1");
    var rates = new Rates(unknown, LambdaShape.DEFAULT, Rates.Site.LAMBDA);
    Ledger ledger =
        new LambdaCost(rates)
            .billed(
                new Bill(
                    List.of(),
                    new Bill.Coordination(1, 0.02, 0.01, 1, 1),
                    new WorkflowUse(3, 1, 1, 1),
                    1));
    assertThat(ledger.region()).isEqualTo("xx-new-1 priced as us-east-1");
    assertThat(ledger.lines())
        .extracting(Line::basis)
        .containsOnly(Basis.ASSUMED, Basis.NOT_INCLUDED);
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
