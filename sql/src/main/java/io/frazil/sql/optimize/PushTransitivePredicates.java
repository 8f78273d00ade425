package io.frazil.sql.optimize;

import java.util.List;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.rules.JoinPushTransitivePredicatesRule;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.tools.RelBuilder;

/// What is known of a key holds on the other side of a join:
///
///     Join(x = y)            Join(x = y)
///       Filter(x = 1)   ->     Filter(x = 1)
///       R                      Filter(y = 1)
///                                R
///
/// Calcite's own rule infers for anti joins as for inner ones. But what holds of a pair that
/// matches says nothing of a left row that has none: only their right side is filtered here.
final class PushTransitivePredicates extends JoinPushTransitivePredicatesRule {
  PushTransitivePredicates() {
    super(Config.DEFAULT.withDescription("PushTransitivePredicates").as(Config.class));
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    Join join = call.rel(0);
    if (join.getJoinType() != JoinRelType.ANTI) {
      super.onMatch(call);
      return;
    }
    List<RexNode> known =
        call.getMetadataQuery().getPulledUpPredicates(join).rightInferredPredicates;
    if (known.isEmpty()) {
      return;
    }
    RelBuilder builder = call.builder();
    RelNode right = builder.push(join.getRight()).filter(known).build();
    call.getPlanner().onCopy(join.getRight(), right);
    RelNode filtered = join.copy(join.getTraitSet(), List.of(join.getLeft(), right));
    call.getPlanner().onCopy(join, filtered);
    call.transformTo(filtered);
  }
}
