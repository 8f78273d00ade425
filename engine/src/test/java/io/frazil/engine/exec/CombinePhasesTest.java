package io.frazil.engine.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.plan.AggregateCall;
import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.PhysicalPlan.Exchange;
import io.frazil.engine.plan.PhysicalPlan.HashAggregate;
import io.frazil.engine.plan.PhysicalPlan.Limit;
import io.frazil.engine.plan.PhysicalPlan.Phase;
import io.frazil.engine.plan.PhysicalPlan.StageInput;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import java.util.List;
import org.junit.jupiter.api.Test;

class CombinePhasesTest {
  private static final PhysicalPlan INPUT =
      new StageInput(
          1,
          1,
          Schema.of(new Field("v", Types.BIGINT, false), new Field("k", Types.VARCHAR, true)));
  private static final AggregateCall SUM =
      new AggregateCall(
          "sum",
          List.of(0),
          null,
          "total",
          Types.BIGINT,
          true,
          List.of(new Field("sum", Types.decimal(38, 0), true)));
  private static final HashAggregate PARTIAL =
      new HashAggregate(2, INPUT, List.of(1), List.of(SUM), Phase.PARTIAL);

  @Test
  void partialUnderExchangeUnderFinalBecomesOne() {
    var exchange = new Exchange(3, PARTIAL, new Distribution.Hash(List.of(0), 4));
    var last = new HashAggregate(4, exchange, List.of(0), List.of(SUM), Phase.FINAL);
    assertThat(CombinePhases.rewrite(new Limit(5, last, 10, 0)))
        .isEqualTo(
            new Limit(
                5, new HashAggregate(4, INPUT, List.of(1), List.of(SUM), Phase.SINGLE), 10, 0));
  }

  @Test
  void finalOverAnotherNodeStays() {
    var last =
        new HashAggregate(4, new Limit(3, PARTIAL, 10, 0), List.of(0), List.of(SUM), Phase.FINAL);
    assertThat(CombinePhases.rewrite(last)).isEqualTo(last);
  }

  @Test
  void finalOverFewerKeysStays() {
    var last = new HashAggregate(4, PARTIAL, List.of(), List.of(SUM), Phase.FINAL);
    assertThat(CombinePhases.rewrite(last)).isEqualTo(last);
  }

  @Test
  void twoSingleAggregatesStay() {
    var inner = new HashAggregate(2, INPUT, List.of(1), List.of(), Phase.SINGLE);
    var outer = new HashAggregate(4, inner, List.of(0), List.of(), Phase.SINGLE);
    assertThat(CombinePhases.rewrite(outer)).isEqualTo(outer);
  }
}
