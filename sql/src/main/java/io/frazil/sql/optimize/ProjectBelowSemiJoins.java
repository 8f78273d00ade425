package io.frazil.sql.optimize;

import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;

/// What a semi join stands on has the columns that it had, whatever decorrelation does to it:
///
///     SemiJoin(x = z)         SemiJoin(x = z)
///       Correlate               Project(x, y)
///         L             ->        Correlate
///         R                         L
///       S                           R
///                               S
///
/// The join that the correlate becomes has more columns, and decorrelation tells only projections
/// and the joins that give both sides.
final class ProjectBelowSemiJoins {
  private ProjectBelowSemiJoins() {}

  static RelNode rewrite(RelNode tree) {
    return tree.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode node) {
            RelNode inner = super.visit(node);
            boolean semi =
                inner instanceof NullAwareAntiJoin
                    || (inner instanceof Join join && !join.getJoinType().projectsRight());
            return semi && inner.getInputs().stream().anyMatch(ProjectBelowSemiJoins::correlates)
                ? inner.copy(
                    inner.getTraitSet(),
                    inner.getInputs().stream().map(ProjectBelowSemiJoins::projected).toList())
                : inner;
          }
        });
  }

  private static RelNode projected(RelNode input) {
    RexBuilder builder = input.getCluster().getRexBuilder();
    return correlates(input)
        ? LogicalProject.create(
            input,
            List.of(),
            builder.identityProjects(input.getRowType()),
            input.getRowType().getFieldNames(),
            Set.of())
        : input;
  }

  private static boolean correlates(RelNode node) {
    return node instanceof Correlate
        || node.getInputs().stream().anyMatch(ProjectBelowSemiJoins::correlates);
  }
}
