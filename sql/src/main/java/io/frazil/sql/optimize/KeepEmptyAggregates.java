package io.frazil.sql.optimize;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;

/// An aggregate without keys has a row for each outer row, though none of its own belongs to it:
///
///     Correlate(inner)                        Correlate(inner)
///       L                                       L
///       Aggregate(sum(x))                ->     Project(sum)
///         Filter(y = $outer.z, R)                 Project(sum, true)
///                                                   Aggregate(sum(x))
///                                                     Filter(y = $outer.z, R)
///
/// Decorrelation gives the aggregate keys, of which it then lacks some. It leaves it at that where
/// it takes the row for one of nulls that nobody misses: it thinks so of all that stands beneath a
/// query's top, and nulls are missed by any but an outer join right above. The constant, which is
/// never null, tells it better.
final class KeepEmptyAggregates {
  private KeepEmptyAggregates() {}

  static RelNode rewrite(RelNode tree) {
    return tree.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode node) {
            RelNode inner = super.visit(node);
            if (!(inner instanceof Correlate correlate)) {
              return inner;
            }
            RelNode right = kept(correlate.getRight(), correlate.getJoinType() == JoinRelType.LEFT);
            return right == correlate.getRight()
                ? inner
                : correlate.copy(correlate.getTraitSet(), List.of(correlate.getLeft(), right));
          }
        });
  }

  /// @param joined whether an outer join gives what gets lost
  private static RelNode kept(RelNode node, boolean joined) {
    if (RelOptUtil.getVariablesUsed(node).isEmpty()) {
      return node;
    }
    boolean still =
        joined && (node instanceof Project || node instanceof Filter || node instanceof Sort);
    var inputs = new ArrayList<RelNode>();
    for (RelNode input : node.getInputs()) {
      inputs.add(node instanceof Correlate && !inputs.isEmpty() ? input : kept(input, still));
    }
    RelNode inner = inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
    return inner instanceof Aggregate aggregate && aggregate.getGroupCount() == 0 && !joined
        ? marked(aggregate)
        : inner;
  }

  private static RelNode marked(Aggregate aggregate) {
    RexBuilder builder = aggregate.getCluster().getRexBuilder();
    List<String> names = aggregate.getRowType().getFieldNames();
    List<RexNode> columns = builder.identityProjects(aggregate.getRowType());
    var all = new ArrayList<RexNode>(columns);
    all.add(builder.makeLiteral(true));
    var allNames = new ArrayList<>(names);
    allNames.add("row");
    RelNode marked = LogicalProject.create(aggregate, List.of(), all, allNames, Set.of());
    return LogicalProject.create(marked, List.of(), columns, names, Set.of());
  }
}
