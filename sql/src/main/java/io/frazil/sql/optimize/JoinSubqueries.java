package io.frazil.sql.optimize;

import com.google.common.collect.ImmutableSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/// EXISTS and IN among a filter's conjuncts become joins with whatever condition correlates them:
///
///     Filter(a and exists(Filter(c and x = $outer.y, R)))      SemiJoin(x = y)
///       L                                                  ->    Filter(a)   Filter(c)
///                                                                  L           R
///
/// Only correlation in the subquery's topmost filter is taken out here; deeper ones are left to the
/// decorrelator, which would repeat the outer query for these as well. A subquery's own correlation
/// therefore stays in its topmost filter, above the joins that its subqueries become.
final class JoinSubqueries {
  private JoinSubqueries() {}

  /// All of a tree, subqueries of subqueries first.
  static RelNode rewrite(RelNode tree) {
    return tree.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode node) {
            RelNode inner = insideSubqueries(super.visit(node));
            return inner instanceof LogicalFilter filter ? rewrite(filter) : inner;
          }
        });
  }

  private static RelNode insideSubqueries(RelNode node) {
    return node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery query) {
            var visited = (RexSubQuery) super.visitSubQuery(query);
            RelNode inner = rewrite(visited.rel);
            return inner == visited.rel ? visited : visited.clone(inner);
          }
        });
  }

  private static RelNode rewrite(LogicalFilter filter) {
    Set<CorrelationId> variables = filter.getVariablesSet();
    var plain = new ArrayList<RexNode>();
    var queries = new ArrayList<RexNode>();
    var outer = new ArrayList<RexNode>();
    for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
      boolean correlated = RexUtil.containsCorrelation(conjunct);
      (Correlations.hasSubquery(conjunct) ? queries : correlated ? outer : plain).add(conjunct);
    }
    if (queries.isEmpty()) {
      return filter;
    }
    RelNode left = filter(filter.getInput(), plain, Set.of());
    var rest = new ArrayList<RexNode>();
    for (RexNode conjunct : queries) {
      RelNode joined = join(left, conjunct, variables);
      if (joined == null) {
        rest.add(conjunct);
      } else {
        left = joined;
      }
    }
    if (rest.size() == queries.size()) {
      return filter;
    }
    boolean correlated = rest.stream().anyMatch(r -> Correlations.uses(r, variables));
    rest.addAll(outer);
    return filter(left, rest, correlated ? variables : Set.of());
  }

  static RelNode filter(RelNode input, List<RexNode> conjuncts, Set<CorrelationId> variables) {
    return conjuncts.isEmpty()
        ? input
        : LogicalFilter.create(
            input,
            RexUtil.composeConjunction(input.getCluster().getRexBuilder(), conjuncts),
            ImmutableSet.copyOf(variables));
  }

  /// The join that a conjunct is, or null where it is none of those known here.
  private static @Nullable RelNode join(
      RelNode left, RexNode conjunct, Set<CorrelationId> variables) {
    boolean negated = conjunct.getKind() == SqlKind.NOT;
    RexNode node =
        negated ? ((org.apache.calcite.rex.RexCall) conjunct).getOperands().getFirst() : conjunct;
    if (!(node instanceof RexSubQuery query)) {
      return null;
    }
    boolean plain =
        query.getOperands().stream()
            .noneMatch(o -> Correlations.uses(o, variables) || Correlations.hasSubquery(o));
    boolean known = query.getKind() == SqlKind.EXISTS || query.getKind() == SqlKind.IN;
    return plain && known ? SubqueryJoin.create(left, query, negated, variables) : null;
  }
}
