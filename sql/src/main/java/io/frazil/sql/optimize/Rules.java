package io.frazil.sql.optimize;

import java.util.Collection;
import java.util.List;
import org.apache.calcite.plan.RelOptCostImpl;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;

/// Applies rules until none changes the tree any more.
final class Rules {
  private Rules() {}

  static RelNode apply(RelNode tree, HepMatchOrder order, Collection<? extends RelOptRule> rules) {
    HepProgram program =
        HepProgram.builder().addMatchOrder(order).addRuleCollection(List.copyOf(rules)).build();
    var planner = new HepPlanner(program, null, false, null, RelOptCostImpl.FACTORY);
    planner.setExecutor(tree.getCluster().getPlanner().getExecutor());
    planner.setRoot(tree);
    return planner.findBestExp();
  }
}
