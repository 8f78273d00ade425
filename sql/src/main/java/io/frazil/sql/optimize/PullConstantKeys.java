package io.frazil.sql.optimize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/// What is the same in all groups is no key of a correlated subquery's:
///
///     Aggregate(by x, y)           Project(1, y)
///       Project(1 as x, y)    ->     Aggregate(by y)
///                                      Project(1 as x, y)
///
/// One constant remains where there are only constants: without keys an aggregate of no rows has a
/// row. Decorrelation leaves the constants out by itself, and then takes one key for another.
final class PullConstantKeys {
  private PullConstantKeys() {}

  static RelNode rewrite(RelNode tree) {
    return tree.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode node) {
            RelNode inner = super.visit(node);
            return inner instanceof LogicalAggregate aggregate
                    && aggregate.getGroupType() == Aggregate.Group.SIMPLE
                    && !RelOptUtil.getVariablesUsed(aggregate).isEmpty()
                ? pulled(aggregate)
                : inner;
          }
        });
  }

  private static RelNode pulled(LogicalAggregate aggregate) {
    List<Integer> keys = aggregate.getGroupSet().asList();
    Map<Integer, RexNode> constants = constants(aggregate);
    if (constants.size() == keys.size() && !keys.isEmpty()) {
      constants.remove(keys.getFirst());
    }
    if (constants.isEmpty()) {
      return aggregate;
    }
    ImmutableBitSet rest = aggregate.getGroupSet().except(ImmutableBitSet.of(constants.keySet()));
    RelNode grouped =
        aggregate.copy(
            aggregate.getTraitSet(),
            aggregate.getInput(),
            rest,
            List.of(rest),
            aggregate.getAggCallList());
    RexBuilder builder = aggregate.getCluster().getRexBuilder();
    var columns = new ArrayList<RexNode>();
    int next = 0;
    for (int i = 0; i < aggregate.getRowType().getFieldCount(); i++) {
      RexNode constant = i < keys.size() ? constants.get(keys.get(i)) : null;
      columns.add(constant == null ? builder.makeInputRef(grouped, next++) : constant);
    }
    return LogicalProject.create(
        grouped, List.of(), columns, aggregate.getRowType().getFieldNames(), Set.of());
  }

  /// The constants among an aggregate's keys, by their columns in its input.
  private static Map<Integer, RexNode> constants(Aggregate aggregate) {
    var constants = new HashMap<Integer, RexNode>();
    for (int key : aggregate.getGroupSet()) {
      RexNode constant = constant(aggregate.getInput(), key);
      if (constant != null) {
        constants.put(key, constant);
      }
    }
    return constants;
  }

  private static @Nullable RexNode constant(RelNode node, int column) {
    if (!(node instanceof Project project)) {
      return null;
    }
    RexNode expression = project.getProjects().get(column);
    return expression instanceof RexInputRef ref
        ? constant(project.getInput(), ref.getIndex())
        : RexUtil.isConstant(expression) ? expression : null;
  }
}
