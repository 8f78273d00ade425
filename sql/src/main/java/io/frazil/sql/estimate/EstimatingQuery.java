package io.frazil.sql.estimate;

import org.apache.calcite.rel.metadata.MetadataHandlerProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;

/// Calcite's questions about one state of a tree, with our answers kept beside its own.
public final class EstimatingQuery extends RelMetadataQuery {
  private final Estimator estimator = new Estimator();

  EstimatingQuery(MetadataHandlerProvider provider) {
    super(provider);
  }

  public Estimator estimator() {
    return estimator;
  }
}
