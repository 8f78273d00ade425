package io.frazil.session.stage;

import static io.frazil.session.stage.JoinPlans.filtered;
import static io.frazil.session.stage.JoinPlans.input;
import static io.frazil.session.stage.JoinPlans.join;
import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.plan.JoinType;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.PhysicalPlan.HashAggregate;
import io.frazil.engine.plan.PhysicalPlan.Phase;
import io.frazil.engine.plan.PhysicalPlan.Union;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Stages 0 and 1 give hashed rows, stage 2 gives all to everyone.
class PartitionedJoinTest {
  private static final PhysicalPlan JOIN = join(3, JoinType.INNER, input(1, 0), input(2, 1));

  @Test
  void aJoinBelowWhatEveryTaskMayDoIsFound() {
    PhysicalPlan broadcast = join(5, JoinType.LEFT, filtered(4, JOIN), input(6, 2));
    assertThat(in(grouped(broadcast, Phase.PARTIAL)))
        .map(PartitionedJoin::join)
        .hasValue((PhysicalPlan.HashJoin) JOIN);
  }

  @Test
  void aJoinBelowAGroupThatHasToMeetIsNot() {
    assertThat(in(grouped(JOIN, Phase.SINGLE))).isEmpty();
    assertThat(in(grouped(JOIN, Phase.FINAL))).isEmpty();
  }

  @Test
  void aJoinThatIsTheBuildSideOfAnotherIsNot() {
    assertThat(in(join(5, JoinType.INNER, input(6, 2), JOIN))).isEmpty();
  }

  @Test
  void aJoinBelowOneThatGivesBuildRowsIsNot() {
    assertThat(in(join(5, JoinType.RIGHT, JOIN, input(6, 2)))).isEmpty();
  }

  @Test
  void aJoinBesideAnotherThatNeedsThePartitionsIsNot() {
    PhysicalPlan again = join(7, JoinType.INNER, input(5, 0), input(6, 1));
    assertThat(in(new Union(8, List.of(JOIN, again), JoinPlans.SCHEMA))).isEmpty();
    assertThat(in(join(7, JoinType.INNER, JOIN, input(6, 1)))).isEmpty();
  }

  @Test
  void onlyTheSideIsDividedOfWhichEachRowDecidesAlone() {
    assertThat(List.of(JoinType.values()).stream().filter(t -> of(t).dividesLeft()))
        .containsExactly(JoinType.INNER, JoinType.LEFT, JoinType.LEFT_SEMI, JoinType.LEFT_ANTI);
    assertThat(List.of(JoinType.values()).stream().filter(t -> of(t).dividesRight()))
        .containsExactly(JoinType.INNER, JoinType.RIGHT, JoinType.RIGHT_SEMI, JoinType.RIGHT_ANTI);
  }

  private static PartitionedJoin of(JoinType type) {
    return in(join(3, type, input(1, 0), input(2, 1))).orElseThrow();
  }

  private static Optional<PartitionedJoin> in(PhysicalPlan plan) {
    return PartitionedJoin.in(plan, stage -> stage < 2);
  }

  private static PhysicalPlan grouped(PhysicalPlan input, Phase phase) {
    return new HashAggregate(9, input, List.of(0), List.of(), phase);
  }
}
