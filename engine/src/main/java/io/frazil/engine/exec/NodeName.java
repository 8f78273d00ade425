package io.frazil.engine.exec;

import io.frazil.engine.plan.PhysicalPlan;

/// What a plan node is called in messages and reservations: `hash join 7`.
public final class NodeName {
  private NodeName() {}

  public static String of(PhysicalPlan node) {
    return kind(node) + " " + node.id();
  }

  private static String kind(PhysicalPlan node) {
    return switch (node) {
      case PhysicalPlan.TableScan _ -> "table scan";
      case PhysicalPlan.Values _ -> "values";
      case PhysicalPlan.Filter _ -> "filter";
      case PhysicalPlan.Project _ -> "project";
      case PhysicalPlan.HashAggregate _ -> "hash aggregate";
      case PhysicalPlan.HashJoin _ -> "hash join";
      case PhysicalPlan.NestedLoopJoin _ -> "nested loop join";
      case PhysicalPlan.Sort _ -> "sort";
      case PhysicalPlan.TopN _ -> "top n";
      case PhysicalPlan.Limit _ -> "limit";
      case PhysicalPlan.Union _ -> "union";
      case PhysicalPlan.Shared _ -> "shared";
      case PhysicalPlan.Exchange _ -> "exchange";
      case PhysicalPlan.StageInput _ -> "stage input";
    };
  }
}
