package io.frazil.session.stage;

import io.frazil.engine.plan.JoinType;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.PhysicalPlan.Filter;
import io.frazil.engine.plan.PhysicalPlan.HashAggregate;
import io.frazil.engine.plan.PhysicalPlan.HashJoin;
import io.frazil.engine.plan.PhysicalPlan.Limit;
import io.frazil.engine.plan.PhysicalPlan.NestedLoopJoin;
import io.frazil.engine.plan.PhysicalPlan.Phase;
import io.frazil.engine.plan.PhysicalPlan.Project;
import io.frazil.engine.plan.PhysicalPlan.StageInput;
import io.frazil.engine.plan.PhysicalPlan.TopN;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/// The one join of a stage for which the stage's input is hashed, where nothing but that join needs
/// rows with equal keys in one task:
///
/// ```
///   HashAggregate(PARTIAL)          any task may do it over any rows of the join
///     HashJoin                      needs a key's rows of both sides
///       StageInput(left)  hashed
///       StageInput(right) hashed
/// ```
///
/// So its tasks may be divided otherwise than by key, as far as its type allows.
record PartitionedJoin(HashJoin join, StageInput left, StageInput right) {
  /// @param hashed the numbers of the stages whose rows come in hashed
  /// @return empty where the stage has none, or needs the partitions for something else too
  static Optional<PartitionedJoin> in(PhysicalPlan plan, IntPredicate hashed) {
    // A third one, or one read twice, would be read by partition beside the join.
    long hashedInputs = inputs(plan).filter(input -> hashed.test(input.stage())).count();
    return below(plan)
        .filter(join -> hashedInputs == 2)
        .filter(join -> hashed.test(join.left.stage()) && hashed.test(join.right.stage()));
  }

  /// Whether left rows of one partition may go to several tasks, each of which has all its right
  /// rows: not where right rows come out that have no match, or that have one, once each.
  boolean dividesLeft() {
    return dividesLeft(join.type());
  }

  private static boolean dividesLeft(JoinType type) {
    return switch (type) {
      case INNER, LEFT, LEFT_SEMI, LEFT_ANTI -> true;
      // Null-aware ones look at all right rows, and are never partitioned.
      case RIGHT, FULL, RIGHT_SEMI, RIGHT_ANTI, NULL_AWARE_ANTI -> false;
    };
  }

  /// The same of the right rows.
  boolean dividesRight() {
    return switch (join.type()) {
      case INNER, RIGHT, RIGHT_SEMI, RIGHT_ANTI -> true;
      case LEFT, FULL, LEFT_SEMI, LEFT_ANTI, NULL_AWARE_ANTI -> false;
    };
  }

  /// What a stage reads of others, once for each place where it does.
  static Stream<StageInput> inputs(PhysicalPlan plan) {
    return plan instanceof StageInput input
        ? Stream.of(input)
        : plan.inputs().stream().flatMap(PartitionedJoin::inputs);
  }

  private static Optional<PartitionedJoin> below(PhysicalPlan plan) {
    return switch (plan) {
      case HashJoin(
              _,
              StageInput left,
              StageInput right,
              var _,
              var _,
              var _,
              var _,
              var _,
              var _) ->
          Optional.of(new PartitionedJoin((HashJoin) plan, left, right));
      case HashJoin join when dividesLeft(join.type()) -> below(join.left());
      case NestedLoopJoin join when dividesLeft(join.type()) -> below(join.left());
      case Filter filter -> below(filter.input());
      case Project project -> below(project.input());
      case HashAggregate aggregate when aggregate.phase() == Phase.PARTIAL ->
          below(aggregate.input());
      case TopN top when top.offset() == 0 -> below(top.input());
      case Limit limit when limit.offset() == 0 -> below(limit.input());
      case HashJoin _,
          NestedLoopJoin _,
          HashAggregate _,
          TopN _,
          Limit _,
          PhysicalPlan.TableScan _,
          PhysicalPlan.Values _,
          PhysicalPlan.Sort _,
          PhysicalPlan.Union _,
          PhysicalPlan.Shared _,
          PhysicalPlan.Exchange _,
          StageInput _ ->
          Optional.empty();
    };
  }

  /// The same plan with another node in the place of one.
  static PhysicalPlan replaced(PhysicalPlan plan, PhysicalPlan old, PhysicalPlan by) {
    if (plan.id() == old.id()) {
      return by;
    }
    List<PhysicalPlan> inputs = plan.inputs();
    return inputs.isEmpty()
        ? plan
        : plan.withInputs(inputs.stream().map(input -> replaced(input, old, by)).toList());
  }
}
