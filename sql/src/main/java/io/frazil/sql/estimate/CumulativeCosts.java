package io.frazil.sql.estimate;

import org.apache.calcite.plan.RelOptCost;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.MetadataDef;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.jspecify.annotations.Nullable;

/// What a node and all below it cost.
public final class CumulativeCosts implements MetadataHandler<BuiltInMetadata.CumulativeCost> {
  @Override
  public MetadataDef<BuiltInMetadata.CumulativeCost> getDef() {
    return BuiltInMetadata.CumulativeCost.DEF;
  }

  public @Nullable RelOptCost getCumulativeCost(RelNode rel, RelMetadataQuery query) {
    RelOptCost cost = query.getNonCumulativeCost(rel);
    for (RelNode input : rel.getInputs()) {
      RelOptCost below = query.getCumulativeCost(input);
      if (cost == null || below == null) {
        return null;
      }
      cost = cost.plus(below);
    }
    return cost;
  }
}
