package io.frazil.sql.optimize;

import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.rules.SortProjectTransposeRule;
import org.apache.calcite.rex.RexInputRef;

/// Rows are sorted before columns are computed that the order does not need:
///
///     Sort(x)                  Project(x, f(y))
///       Project(x, f(y))  ->     Sort(x)
///         R                        R
///
/// Calcite's own rule also sorts by what a cast is of, if the cast keeps the order. But a cast
/// makes equals of values that are none (all times of a day are one date), and these are then in
/// the order of what they were, whatever the next key is.
final class SortProjectTranspose extends SortProjectTransposeRule {
  SortProjectTranspose() {
    super(Config.DEFAULT.withDescription("SortProjectTranspose").as(Config.class));
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    Sort sort = call.rel(0);
    Project project = call.rel(1);
    boolean plain =
        sort.getCollation().getFieldCollations().stream()
            .allMatch(f -> project.getProjects().get(f.getFieldIndex()) instanceof RexInputRef);
    if (plain) {
      super.onMatch(call);
    }
  }
}
