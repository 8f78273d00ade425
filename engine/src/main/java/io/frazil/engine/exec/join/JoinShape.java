package io.frazil.engine.exec.join;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.plan.JoinType;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.RuntimeFilterSource;
import io.frazil.engine.type.Schema;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a join does, with or without keys.
///
/// @param id the plan node's
/// @param name for messages: `hash join 7`
/// @param outputs positions in left then right columns, as are those of `condition`
record JoinShape(
    int id,
    String name,
    JoinType type,
    Schema left,
    Schema right,
    List<Integer> leftKeys,
    List<Integer> rightKeys,
    @Nullable Expression condition,
    List<Integer> outputs,
    List<RuntimeFilterSource> runtimeFilters) {

  static JoinShape of(PhysicalPlan.HashJoin join) {
    return new JoinShape(
        join.id(),
        "hash join " + join.id(),
        join.type(),
        join.left().schema(),
        join.right().schema(),
        join.leftKeys(),
        join.rightKeys(),
        join.condition(),
        join.outputs(),
        join.runtimeFilters());
  }

  static JoinShape of(PhysicalPlan.NestedLoopJoin join) {
    if (join.type() == JoinType.NULL_AWARE_ANTI) {
      throw new IllegalArgumentException("NOT IN has a key, which a nested loop join has not");
    }
    return new JoinShape(
        join.id(),
        "nested loop join " + join.id(),
        join.type(),
        join.left().schema(),
        join.right().schema(),
        List.of(),
        List.of(),
        join.condition(),
        join.outputs(),
        List.of());
  }

  /// Which right columns are read after the build side is complete, its keys aside.
  BitSet storedColumns() {
    BitSet stored = new BitSet();
    BitSet used = conditionColumns();
    outputs.forEach(used::set);
    used.stream().filter(c -> c >= left.size()).forEach(c -> stored.set(c - left.size()));
    return stored;
  }

  /// Which of left then right columns the condition reads.
  BitSet conditionColumns() {
    BitSet columns = new BitSet();
    if (condition != null) {
      collect(condition, columns);
    }
    return columns;
  }

  /// Whether a build row whose key is null can still come out.
  boolean keepsNullKeys() {
    return switch (type) {
      case RIGHT, FULL, RIGHT_ANTI -> true;
      case INNER, LEFT, LEFT_SEMI, LEFT_ANTI, NULL_AWARE_ANTI, RIGHT_SEMI -> false;
    };
  }

  /// Whether it counts that a left row matched, not with how many or which right rows.
  boolean onlyAsksForMatch() {
    return switch (type) {
      case LEFT_SEMI, LEFT_ANTI, NULL_AWARE_ANTI -> condition == null;
      case INNER, LEFT, RIGHT, FULL, RIGHT_SEMI, RIGHT_ANTI -> false;
    };
  }

  /// Whether build rows remember that they matched.
  static boolean marksBuildRows(JoinType type) {
    return switch (type) {
      case RIGHT, FULL, RIGHT_SEMI, RIGHT_ANTI -> true;
      case INNER, LEFT, LEFT_SEMI, LEFT_ANTI, NULL_AWARE_ANTI -> false;
    };
  }

  /// Whether nothing can come out of probing an empty build side.
  boolean endsOnEmptyBuild() {
    return switch (type) {
      case INNER, RIGHT, LEFT_SEMI, RIGHT_SEMI, RIGHT_ANTI -> true;
      case LEFT, FULL, LEFT_ANTI, NULL_AWARE_ANTI -> false;
    };
  }

  private static void collect(Expression expression, BitSet columns) {
    if (expression instanceof Expression.Column column) {
      columns.set(column.index());
    }
    expression.operands().forEach(operand -> collect(operand, columns));
  }
}
