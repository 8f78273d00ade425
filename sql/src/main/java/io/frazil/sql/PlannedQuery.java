package io.frazil.sql;

import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.type.Schema;
import java.util.Map;

/// A query, ready to run.
///
/// @param schema the names and types of its result
/// @param tables what each scan node (by its id) reads
/// @param estimates of each node, by its id
/// @param logicalPlan the optimized logical plan as text, for EXPLAIN
public record PlannedQuery(
    PhysicalPlan root,
    Schema schema,
    Map<Integer, TableProvider> tables,
    Map<Integer, NodeEstimate> estimates,
    String logicalPlan) {
  public PlannedQuery {
    tables = Map.copyOf(tables);
    estimates = Map.copyOf(estimates);
  }
}
