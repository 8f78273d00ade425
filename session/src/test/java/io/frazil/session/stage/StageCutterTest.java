package io.frazil.session.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.JoinType;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.PhysicalPlan.Exchange;
import io.frazil.engine.plan.PhysicalPlan.HashJoin;
import io.frazil.engine.plan.PhysicalPlan.Limit;
import io.frazil.engine.plan.PhysicalPlan.Shared;
import io.frazil.engine.plan.PhysicalPlan.StageInput;
import io.frazil.engine.plan.PhysicalPlan.Values;
import io.frazil.engine.plan.Stage;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import java.util.List;
import org.junit.jupiter.api.Test;

class StageCutterTest {
  private static final Schema SCHEMA = Schema.of(new Field("x", Types.BIGINT, false));
  private static final Distribution ONE = new Distribution.Gather();
  private static final Distribution ALL = new Distribution.Broadcast();

  @Test
  void aPlanWithoutExchangesIsOneStage() {
    PhysicalPlan plan = new Limit(1, values(0), 10, 0);
    assertThat(StageCutter.cut(plan)).containsExactly(new Stage(0, plan, ONE, List.of()));
  }

  @Test
  void anExchangeCutsTheProducerFromTheConsumer() {
    Distribution hash = new Distribution.Hash(List.of(0), 4);
    PhysicalPlan plan = new Limit(2, new Exchange(1, values(0), hash), 10, 0);
    assertThat(StageCutter.cut(plan))
        .containsExactly(
            new Stage(0, values(0), hash, List.of()),
            new Stage(1, new Limit(2, new StageInput(1, 0, SCHEMA), 10, 0), ONE, List.of(0)));
  }

  @Test
  void anExchangeAtTheTopLeavesAStageThatPassesThrough() {
    assertThat(StageCutter.cut(new Exchange(1, values(0), ONE)))
        .containsExactly(
            new Stage(0, values(0), ONE, List.of()),
            new Stage(1, new StageInput(1, 0, SCHEMA), ONE, List.of(0)));
  }

  @Test
  void nestedExchangesDependOnOneAnother() {
    PhysicalPlan build = new Exchange(1, values(0), ALL);
    PhysicalPlan probe = new Exchange(3, join(2, values(10), build), ONE);
    assertThat(StageCutter.cut(probe))
        .extracting(Stage::dependencies)
        .containsExactly(List.of(), List.of(0), List.of(1));
  }

  @Test
  void aSharedExchangeIsOneStage() {
    PhysicalPlan shared = new Exchange(1, values(0), ALL);
    PhysicalPlan plan = join(4, new Shared(2, 0, shared), new Shared(3, 0, shared));
    List<Stage> stages = StageCutter.cut(plan);
    assertThat(stages).hasSize(2);
    assertThat(stages.getLast().dependencies()).containsExactly(0);
  }

  private static PhysicalPlan join(int id, PhysicalPlan left, PhysicalPlan right) {
    return new HashJoin(
        id, left, right, JoinType.INNER, List.of(0), List.of(0), null, List.of(0), List.of());
  }

  private static Values values(int id) {
    return new Values(id, SCHEMA, List.of());
  }
}
