package io.frazil.sql.optimize;

import java.util.function.BiConsumer;
import org.apache.calcite.plan.RelOptCostImpl;
import org.apache.calcite.plan.RelOptListener;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;

/// Applies the rules of a phase until none changes the tree any more.
///
/// @param fired told of every rule that changed the tree, for tests
record Rules(BiConsumer<Phase, RelOptRule> fired) {
  /// Applies rules, and tells nobody.
  static final Rules SILENT = new Rules((phase, rule) -> {});

  /// The tree after the phase; the same one if no rule fired, so that what is known of it stays.
  RelNode apply(RelNode tree, Phase phase) {
    HepProgram program =
        HepProgram.builder().addMatchOrder(phase.order()).addRuleCollection(phase.rules()).build();
    var planner = new HepPlanner(program, null, false, null, RelOptCostImpl.FACTORY);
    planner.setExecutor(tree.getCluster().getPlanner().getExecutor());
    var changes = new Changes(phase, fired);
    planner.addListener(changes);
    planner.setRoot(tree);
    RelNode best = planner.findBestExp();
    return changes.any ? best : tree;
  }

  private static final class Changes implements RelOptListener {
    private final Phase phase;
    private final BiConsumer<Phase, RelOptRule> fired;
    private boolean any;

    Changes(Phase phase, BiConsumer<Phase, RelOptRule> fired) {
      this.phase = phase;
      this.fired = fired;
    }

    @Override
    public void ruleProductionSucceeded(RuleProductionEvent event) {
      any = true;
      RelOptRule rule = event.getRuleCall().getRule();
      if (!event.isBefore()) {
        fired.accept(phase, rule);
      }
    }

    @Override
    public void relEquivalenceFound(RelEquivalenceEvent event) {}

    @Override
    public void ruleAttempted(RuleAttemptedEvent event) {}

    @Override
    public void relDiscarded(RelDiscardedEvent event) {}

    @Override
    public void relChosen(RelChosenEvent event) {}
  }
}
