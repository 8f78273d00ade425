package io.frazil.session.stage;

import static io.frazil.session.stage.JoinPlans.input;
import static io.frazil.session.stage.JoinPlans.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.plan.JoinType;
import io.frazil.engine.plan.PhysicalPlan.HashJoin;
import io.frazil.engine.plan.PhysicalPlan.StageInput;
import io.frazil.engine.plan.RuntimeFilterSource;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import java.util.List;
import org.junit.jupiter.api.Test;

class SwapSidesTest {
  private static final StageInput LEFT = input(1, 0);
  private static final StageInput RIGHT =
      new StageInput(2, 1, Schema.of(new Field("w", Types.BIGINT, false)));

  @Test
  void theSmallerSideIsBuiltAndTheColumnsStayInOrder() {
    HashJoin join =
        new HashJoin(
            3,
            LEFT,
            RIGHT,
            JoinType.LEFT,
            List.of(1),
            List.of(0),
            less(0, 2),
            List.of(2, 0),
            List.of(new RuntimeFilterSource(7, 0)));
    HashJoin swapped =
        new HashJoin(
            3,
            RIGHT,
            LEFT,
            JoinType.RIGHT,
            List.of(0),
            List.of(1),
            less(1, 0),
            List.of(0, 1),
            List.of());
    assertThat(SwapSides.of(join, 10, 30)).hasValue(swapped);
    assertThat(swapped.schema()).isEqualTo(join.schema());
  }

  @Test
  void aPlanKeepsWhatStandsAboveTheJoin() {
    HashJoin join = join(3, JoinType.LEFT_SEMI, LEFT, LEFT);
    assertThat(SwapSides.within(JoinPlans.filtered(4, join), join, 10, 30))
        .isEqualTo(JoinPlans.filtered(4, SwapSides.of(join, 10, 30).orElseThrow()));
  }

  @Test
  void sidesThatAreNearlyEqualStayWhereTheyAre() {
    assertThat(SwapSides.of(join(3, JoinType.INNER, LEFT, RIGHT), 20, 30)).isEmpty();
  }

  @Test
  void aSmallerBuildSideStaysWhereItIs() {
    assertThat(SwapSides.of(join(3, JoinType.INNER, LEFT, RIGHT), 30, 10)).isEmpty();
  }

  @Test
  void aNullAwareJoinHasNoOtherSide() {
    assertThat(SwapSides.of(join(3, JoinType.NULL_AWARE_ANTI, LEFT, RIGHT), 10, 30)).isEmpty();
  }

  private static Expression less(int left, int right) {
    return new Expression.Comparison(ComparisonOperator.LESS, column(left), column(right));
  }

  private static Expression column(int index) {
    return new Expression.Column(index, "c", Types.BIGINT, true);
  }
}
