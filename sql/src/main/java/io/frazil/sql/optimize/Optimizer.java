package io.frazil.sql.optimize;

import io.frazil.sql.estimate.Metadata;
import org.apache.calcite.plan.RelOptSchema;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.tools.RelBuilder;

/// From the tree that SQL says to one that runs well, in phases: subqueries become joins,
/// predicates go down, joins are ordered, and what that left behind is tidied.
public final class Optimizer {
  private final RelOptSchema schema;

  public Optimizer(RelOptSchema schema) {
    this.schema = schema;
  }

  public RelNode optimize(RelNode tree) {
    RelNode flat = decorrelate(tree);
    RelNode pushed = pushDown(flat);
    RelNode ordered = OrderJoins.order(pushed);
    RelNode settled = Rules.apply(ordered, HepMatchOrder.ARBITRARY, RuleSets.PUSH_DOWN);
    return Rules.apply(settled, HepMatchOrder.ARBITRARY, RuleSets.FINISH);
  }

  private RelNode decorrelate(RelNode tree) {
    RelNode joined = JoinSubqueries.rewrite(tree);
    RelNode correlated = Rules.apply(joined, HepMatchOrder.ARBITRARY, RuleSets.SUBQUERIES);
    RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(tree.getCluster(), schema);
    return RelDecorrelator.decorrelateQuery(correlated, builder);
  }

  private static RelNode pushDown(RelNode tree) {
    RelNode r = Rules.apply(tree, HepMatchOrder.ARBITRARY, RuleSets.PUSH_DOWN);
    r = FactorDisjunctions.rewrite(r);
    r = Rules.apply(r, HepMatchOrder.BOTTOM_UP, RuleSets.LOCAL_DISJUNCTIONS);
    RelNode local = r;
    r =
        Metadata.inferring(
            tree.getCluster(),
            () -> Rules.apply(local, HepMatchOrder.BOTTOM_UP, RuleSets.TRANSITIVE));
    r = Rules.apply(r, HepMatchOrder.ARBITRARY, RuleSets.PUSH_DOWN);
    return Rules.apply(r, HepMatchOrder.ARBITRARY, RuleSets.SIMPLIFY);
  }
}
