package io.frazil.sql.estimate;

import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.MetadataDef;
import org.apache.calcite.rel.metadata.MetadataHandler;
import org.apache.calcite.rel.metadata.RelMetadataQuery;

/// Row counts from the [Estimator].
public final class RowCounts implements MetadataHandler<BuiltInMetadata.RowCount> {
  @Override
  public MetadataDef<BuiltInMetadata.RowCount> getDef() {
    return BuiltInMetadata.RowCount.DEF;
  }

  public Double getRowCount(RelNode rel, RelMetadataQuery query) {
    return ((EstimatingQuery) query).estimator().of(rel).rows();
  }
}
