package io.frazil.sql.estimate;

import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.plan.RelOptCostFactory;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.MetadataDef;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.RelMetadataQuery;

/// What a node costs by itself, for ordering joins: the rows that it makes, those that it builds
/// into a table, and a little for each that probes. Which input is built is decided later, so the
/// smaller one is assumed; without a key every pair is looked at.
public final class Costs implements MetadataHandler<BuiltInMetadata.NonCumulativeCost> {
  private static final double PROBE = 0.1;

  @Override
  public MetadataDef<BuiltInMetadata.NonCumulativeCost> getDef() {
    return BuiltInMetadata.NonCumulativeCost.DEF;
  }

  public RelOptCost getNonCumulativeCost(RelNode rel, RelMetadataQuery query) {
    RelOptCostFactory costs = rel.getCluster().getPlanner().getCostFactory();
    double rows = query.getRowCount(rel);
    return costs.makeCost(rel instanceof Join join ? join(join, rows, query) : rows, 0, 0);
  }

  private static double join(Join join, double rows, RelMetadataQuery query) {
    return ofJoin(
        rows,
        query.getRowCount(join.getLeft()),
        query.getRowCount(join.getRight()),
        !join.analyzeCondition().leftKeys.isEmpty());
  }

  /// What a join costs by itself.
  ///
  /// @param rows that it makes
  /// @param keyed whether there is a column on each side to be equal
  public static double ofJoin(double rows, double left, double right, boolean keyed) {
    return keyed
        ? rows + Math.min(left, right) + PROBE * Math.max(left, right)
        : rows + left * right;
  }
}
