package io.frazil.sql.physical;

import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.PhysicalPlan.Limit;
import io.frazil.engine.plan.PhysicalPlan.Project;
import io.frazil.engine.plan.PhysicalPlan.TableScan;
import io.frazil.engine.plan.PhysicalPlan.Union;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tells a scan how many of its rows will be used:
///
///     Limit(10)          Limit(10)
///       Project      ->    Project
///         Scan               Scan(limit 10)
final class PushLimits {
  private PushLimits() {}

  static PhysicalPlan into(PhysicalPlan plan) {
    return push(plan, null);
  }

  private static PhysicalPlan push(PhysicalPlan plan, @Nullable Long limit) {
    Long below =
        switch (plan) {
          case Limit(int _, PhysicalPlan _, long own, long offset) -> least(limit, own, offset);
          case Project _, Union _ -> limit;
          default -> null;
        };
    List<PhysicalPlan> inputs = plan.inputs().stream().map(i -> push(i, below)).toList();
    PhysicalPlan pushed = inputs.equals(plan.inputs()) ? plan : plan.withInputs(inputs);
    return pushed instanceof TableScan scan && limit != null ? limited(scan, limit) : pushed;
  }

  private static @Nullable Long least(@Nullable Long outer, long own, long offset) {
    long rows = outer == null ? own : Math.min(outer, own);
    return rows > Long.MAX_VALUE - offset ? null : rows + offset;
  }

  private static TableScan limited(TableScan scan, Long limit) {
    return new TableScan(
        scan.id(),
        scan.table(),
        scan.columns(),
        scan.filters(),
        scan.outputs(),
        limit,
        scan.runtimeFilters());
  }
}
