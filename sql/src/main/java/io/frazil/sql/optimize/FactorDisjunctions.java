package io.frazil.sql.optimize;

import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/// What all branches of an OR have in common stands outside it:
///
///     (a and b) or (a and c)  ->  a and (b or c)
///
/// so that an equality in every branch becomes a join's key.
final class FactorDisjunctions {
  private FactorDisjunctions() {}

  static RelNode rewrite(RelNode tree) {
    return tree.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode node) {
            return factor(super.visit(node));
          }
        });
  }

  private static RelNode factor(RelNode node) {
    return switch (node) {
      case Filter filter -> {
        RexNode factored = factor(filter, filter.getCondition());
        yield factored.equals(filter.getCondition())
            ? filter
            : filter.copy(filter.getTraitSet(), filter.getInput(), factored);
      }
      case Join join -> {
        RexNode factored = factor(join, join.getCondition());
        yield factored.equals(join.getCondition())
            ? join
            : join.copy(
                join.getTraitSet(),
                factored,
                join.getLeft(),
                join.getRight(),
                join.getJoinType(),
                join.isSemiJoinDone());
      }
      default -> node;
    };
  }

  private static RexNode factor(RelNode node, RexNode condition) {
    return RexUtil.pullFactors(node.getCluster().getRexBuilder(), condition);
  }
}
