package io.frazil.session.stage;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.plan.JoinType;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.PhysicalPlan.HashJoin;
import io.frazil.session.scan.ColumnPositions;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Builds from the side that turned out smaller:
///
/// ```
///   HashJoin(LEFT)               HashJoin(RIGHT)
///     1 MB              →          90 MB
///     90 MB                        1 MB
/// ```
///
/// The same columns come out in the same order.
final class SwapSides {
  /// By how much the planner has to be wrong: a table is dearer to build than to probe, and which
  /// of two nearly equal sides is built matters to nobody.
  private static final int TIMES_LARGER_MIN = 2;

  private SwapSides() {}

  /// @param left how large the left side is, in bytes
  /// @return empty where the planned side is right, or has to be the one
  static Optional<HashJoin> of(HashJoin join, long left, long right) {
    return right / TIMES_LARGER_MIN > left
        ? mirrored(join.type()).map(type -> swapped(join, type))
        : Optional.empty();
  }

  private static HashJoin swapped(HashJoin join, JoinType type) {
    int left = join.left().schema().size();
    int right = join.right().schema().size();
    List<Integer> positions =
        IntStream.range(0, left + right).map(i -> i < left ? i + right : i - left).boxed().toList();
    Expression condition = join.condition();
    return new HashJoin(
        join.id(),
        join.right(),
        join.left(),
        type,
        join.rightKeys(),
        join.leftKeys(),
        condition == null ? null : ColumnPositions.mapped(condition, positions),
        join.outputs().stream().map(positions::get).toList(),
        // They tell scans below the probe side what is built, which is now the other one.
        List.of());
  }

  private static Optional<JoinType> mirrored(JoinType type) {
    return switch (type) {
      case INNER -> Optional.of(JoinType.INNER);
      case LEFT -> Optional.of(JoinType.RIGHT);
      case RIGHT -> Optional.of(JoinType.LEFT);
      case FULL -> Optional.of(JoinType.FULL);
      case LEFT_SEMI -> Optional.of(JoinType.RIGHT_SEMI);
      case LEFT_ANTI -> Optional.of(JoinType.RIGHT_ANTI);
      case RIGHT_SEMI -> Optional.of(JoinType.LEFT_SEMI);
      case RIGHT_ANTI -> Optional.of(JoinType.LEFT_ANTI);
      case NULL_AWARE_ANTI -> Optional.empty();
    };
  }

  /// The same where the join stands in a plan, which stays as it is where nothing is swapped.
  static PhysicalPlan within(PhysicalPlan plan, HashJoin join, long left, long right) {
    return of(join, left, right)
        .map(swapped -> PartitionedJoin.replaced(plan, join, swapped))
        .orElse(plan);
  }
}
