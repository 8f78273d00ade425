package io.frazil.sql.optimize;

import io.frazil.sql.estimate.Metadata;
import org.apache.calcite.plan.RelOptSchema;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.tools.RelBuilder;

/// From the tree that SQL says to one that runs well, in phases: subqueries become joins,
/// predicates go down, joins are ordered, and what that left behind is tidied.
///
/// A phase that only builds on what the one before it changed is left out where that changed
/// nothing.
public final class Optimizer {
  private final RelOptSchema schema;
  private final Rules rules;

  public Optimizer(RelOptSchema schema) {
    this(schema, Rules.SILENT);
  }

  Optimizer(RelOptSchema schema, Rules rules) {
    this.schema = schema;
    this.rules = rules;
  }

  public RelNode optimize(RelNode tree) {
    RelNode pushed = pushDown(decorrelate(tree));
    RelNode ordered = new OrderJoins(rules).order(pushed);
    RelNode settled = ordered == pushed ? pushed : rules.apply(ordered, Phase.PUSH_DOWN);
    return rules.apply(settled, Phase.FINISH);
  }

  private RelNode decorrelate(RelNode tree) {
    if (!Correlations.any(tree)) {
      return tree;
    }
    RelNode joined = JoinSubqueries.rewrite(tree);
    if (!Correlations.any(joined)) {
      return joined;
    }
    RelNode correlated = CheckSubqueryRows.rewrite(rules.apply(joined, Phase.SUBQUERIES), schema);
    RelNode grouped = KeepEmptyAggregates.rewrite(PullConstantKeys.rewrite(correlated));
    RelNode prepared = ProjectBelowSemiJoins.rewrite(grouped);
    RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(tree.getCluster(), schema);
    return RelDecorrelator.decorrelateQuery(prepared, builder);
  }

  private RelNode pushDown(RelNode tree) {
    RelNode pushed = rules.apply(tree, Phase.PUSH_DOWN);
    RelNode local = rules.apply(FactorDisjunctions.rewrite(pushed), Phase.LOCAL_DISJUNCTIONS);
    RelNode known =
        Metadata.inferring(tree.getCluster(), () -> rules.apply(local, Phase.TRANSITIVE));
    RelNode all = known == pushed ? pushed : rules.apply(known, Phase.PUSH_DOWN);
    return rules.apply(all, Phase.SIMPLIFY);
  }
}
