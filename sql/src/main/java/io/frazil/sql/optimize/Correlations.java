package io.frazil.sql.optimize;

import java.util.Collections;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.util.Util;

/// What an expression or a subquery takes from outside.
final class Correlations {
  private Correlations() {}

  /// Whether a subquery stands in some expression of the tree, or something in it is correlated.
  static boolean any(RelNode tree) {
    if (tree instanceof Correlate) {
      return true;
    }
    var queries = new Queries();
    tree.accept(queries);
    return queries.found || tree.getInputs().stream().anyMatch(Correlations::any);
  }

  private static final class Queries extends RexShuttle {
    private boolean found;

    @Override
    public RexNode visitSubQuery(RexSubQuery query) {
      found = true;
      return query;
    }
  }

  static boolean uses(RelNode node, Set<CorrelationId> variables) {
    return !Collections.disjoint(RelOptUtil.getVariablesUsed(node), variables);
  }

  static boolean uses(RexNode node, Set<CorrelationId> variables) {
    return finds(
        node,
        new RexVisitorImpl<Void>(true) {
          @Override
          public Void visitCorrelVariable(RexCorrelVariable variable) {
            if (variables.contains(variable.id)) {
              throw Util.FoundOne.NULL;
            }
            return super.visitCorrelVariable(variable);
          }

          @Override
          public Void visitSubQuery(RexSubQuery query) {
            if (uses(query.rel, variables)) {
              throw Util.FoundOne.NULL;
            }
            return super.visitSubQuery(query);
          }
        });
  }

  static boolean hasSubquery(RexNode node) {
    return finds(
        node,
        new RexVisitorImpl<Void>(true) {
          @Override
          public Void visitSubQuery(RexSubQuery query) {
            throw Util.FoundOne.NULL;
          }
        });
  }

  private static boolean finds(RexNode node, RexVisitorImpl<Void> visitor) {
    try {
      node.accept(visitor);
      return false;
    } catch (Util.FoundOne e) {
      return true;
    }
  }
}
