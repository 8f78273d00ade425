package io.frazil.sql.physical;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.plan.JoinType;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.sql.estimate.RelationEstimate;
import io.frazil.sql.optimize.NullAwareAntiJoin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/// Joins: equalities of the two sides become keys, the rest the condition; the side thought to be
/// smaller is built.
final class JoinPlanner {
  /// Building the side whose rows are kept costs marks on its rows: it must pay.
  private static final double KEPT_SIDE_PENALTY = 2;

  private final Context context;
  private final TreePlanner trees;

  JoinPlanner(Context context, TreePlanner trees) {
    this.context = context;
    this.trees = trees;
  }

  Planned plan(Join join, ImmutableBitSet needed) {
    int leftCount = join.getLeft().getRowType().getFieldCount();
    var condition = JoinCondition.of(join);
    ImmutableBitSet wanted = needed.union(RelOptUtil.InputFinder.bits(join.getCondition()));
    ImmutableBitSet leftNeeded = wanted.intersect(ImmutableBitSet.range(leftCount));
    ImmutableBitSet rightNeeded = wanted.except(ImmutableBitSet.range(leftCount)).shift(-leftCount);
    JoinType type = type(join);
    boolean swap = swaps(join, type, leftNeeded, rightNeeded);
    Planned left = trees.plan(join.getLeft(), leftNeeded);
    Planned right = trees.plan(join.getRight(), rightNeeded);
    Side a = new Side(join.getLeft(), left, 0);
    Side b = new Side(join.getRight(), right, leftCount);
    return swap
        ? plan(join, condition.swapped(), flipped(type), b, a, needed)
        : plan(join, condition, type, a, b, needed);
  }

  /// One input of a join: what it is, its plan, and at which of the join's columns it begins.
  private record Side(RelNode rel, Planned planned, int first) {
    boolean has(int column) {
      return column >= first && column < first + rel.getRowType().getFieldCount();
    }

    /// The plan's column that the join's column is.
    int column(int joined) {
      return planned.column(joined - first);
    }

    Expression translate(Context context, RexNode node) {
      return context.translate(node, rel, ref -> planned.reference(ref.getIndex() - first));
    }
  }

  private Planned plan(
      Join join,
      JoinCondition condition,
      JoinType type,
      Side probe,
      Side build,
      ImmutableBitSet needed) {
    var keys = new JoinKeys(context, probe.planned().plan(), build.planned().plan());
    for (JoinCondition.Pair pair : condition.pairs()) {
      keys.add(
          probe.translate(context, pair.probe()),
          build.translate(context, pair.build()),
          pair.nulls());
    }
    PhysicalPlan left = keys.probe();
    PhysicalPlan right = keys.build();
    int width = left.schema().size();
    var outputs = new ArrayList<Integer>();
    var columns = new HashMap<Integer, Integer>();
    for (int i : needed) {
      columns.put(i, outputs.size());
      outputs.add(probe.has(i) ? probe.column(i) : width + build.column(i));
    }
    Expression residual = residual(join, condition.residual(), probe, build, left, right);
    if (keys.isEmpty()) {
      var plan =
          new PhysicalPlan.NestedLoopJoin(context.nextId(), left, right, type, residual, outputs);
      return new Planned(context.estimated(plan, join, columns), columns);
    }
    var plan =
        new PhysicalPlan.HashJoin(
            context.nextId(),
            left,
            right,
            type,
            keys.probeKeys(),
            keys.buildKeys(),
            residual,
            outputs,
            List.of());
    context.passing().put(plan.id(), passing(condition, probe, build));
    return new Planned(context.estimated(plan, join, columns), columns);
  }

  private @Nullable Expression residual(
      Join join,
      List<RexNode> conjuncts,
      Side probe,
      Side build,
      PhysicalPlan left,
      PhysicalPlan right) {
    if (conjuncts.isEmpty()) {
      return null;
    }
    RexNode condition = RexUtil.composeConjunction(join.getCluster().getRexBuilder(), conjuncts);
    int width = left.schema().size();
    return context.translate(
        condition,
        join,
        ref -> {
          if (probe.has(ref.getIndex())) {
            return Planned.reference(left, probe.column(ref.getIndex()));
          }
          int column = build.column(ref.getIndex());
          var field = right.schema().field(column);
          return new Expression.Column(
              width + column, field.name(), field.type(), field.nullable());
        });
  }

  /// Which part of the probe's key values the build side is thought to have.
  private double[] passing(JoinCondition condition, Side probe, Side build) {
    RelationEstimate left = context.estimate(probe.rel());
    RelationEstimate right = context.estimate(build.rel());
    return condition.pairs().stream()
        .mapToDouble(pair ->
            pair.probe() instanceof RexInputRef a && pair.build() instanceof RexInputRef b
                ? right.distinct(b.getIndex() - build.first())
                    / left.distinct(a.getIndex() - probe.first())
                : 1)
        .toArray();
  }

  Planned plan(NullAwareAntiJoin join, ImmutableBitSet needed) {
    Planned left = trees.plan(join.getLeft(), needed.set(join.key()));
    Planned right = trees.plan(join.getRight(), ImmutableBitSet.of(0));
    var keys = new JoinKeys(context, left.plan(), right.plan());
    keys.add(left.reference(join.key()), right.reference(0), JoinCondition.Nulls.NEVER_EQUAL);
    var outputs = new ArrayList<Integer>();
    Map<Integer, Integer> columns = new HashMap<>();
    for (int i : needed) {
      columns.put(i, outputs.size());
      outputs.add(left.column(i));
    }
    var plan =
        new PhysicalPlan.HashJoin(
            context.nextId(),
            keys.probe(),
            keys.build(),
            JoinType.NULL_AWARE_ANTI,
            keys.probeKeys(),
            keys.buildKeys(),
            null,
            outputs,
            List.of());
    return new Planned(context.estimated(plan, join, columns), columns);
  }

  private boolean swaps(
      Join join, JoinType type, ImmutableBitSet leftNeeded, ImmutableBitSet rightNeeded) {
    double left = bytes(context.estimate(join.getLeft()), leftNeeded);
    double right = bytes(context.estimate(join.getRight()), rightNeeded);
    return switch (type) {
      case INNER, FULL -> left < right;
      case RIGHT -> left * KEPT_SIDE_PENALTY <= right * KEPT_SIDE_PENALTY * KEPT_SIDE_PENALTY;
      case LEFT, LEFT_SEMI, LEFT_ANTI -> left * KEPT_SIDE_PENALTY < right;
      case RIGHT_SEMI, RIGHT_ANTI, NULL_AWARE_ANTI -> false;
    };
  }

  private static double bytes(RelationEstimate estimate, ImmutableBitSet columns) {
    double bytes = estimate.rows();
    for (int column : columns) {
      bytes += estimate.bytes(column);
    }
    return bytes;
  }

  private static JoinType type(Join join) {
    return switch (join.getJoinType()) {
      case INNER -> JoinType.INNER;
      case LEFT -> JoinType.LEFT;
      case RIGHT -> JoinType.RIGHT;
      case FULL -> JoinType.FULL;
      case SEMI -> JoinType.LEFT_SEMI;
      case ANTI -> JoinType.LEFT_ANTI;
      default ->
          throw TreePlanner.unsupported(
              Objects.requireNonNull(join.getJoinType()).lowerName + " joins are not supported");
    };
  }

  private static JoinType flipped(JoinType type) {
    return switch (type) {
      case INNER -> JoinType.INNER;
      case LEFT -> JoinType.RIGHT;
      case RIGHT -> JoinType.LEFT;
      case FULL -> JoinType.FULL;
      case LEFT_SEMI -> JoinType.RIGHT_SEMI;
      case LEFT_ANTI -> JoinType.RIGHT_ANTI;
      case RIGHT_SEMI -> JoinType.LEFT_SEMI;
      case RIGHT_ANTI -> JoinType.LEFT_ANTI;
      case NULL_AWARE_ANTI -> throw new IllegalArgumentException("has no mirror image");
    };
  }
}
