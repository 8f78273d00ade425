package io.frazil.sql.estimate;

import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.MetadataHandlerProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;

/// Calcite's questions about one state of a tree, with our answers kept beside its own.
public final class EstimatingQuery extends RelMetadataQuery {
  private final Estimator estimator = new Estimator();
  private final Inference inference;

  /// Whether rules are told which predicates hold for a node's rows. It takes a quarter of planning
  /// where every rule that folds constants asks for it, and only few phases gain by it.
  enum Inference {
    ON,
    OFF
  }

  EstimatingQuery(MetadataHandlerProvider provider, Inference inference) {
    super(provider);
    this.inference = inference;
  }

  @Override
  public RelOptPredicateList getPulledUpPredicates(RelNode node) {
    return inference == Inference.ON
        ? super.getPulledUpPredicates(node)
        : RelOptPredicateList.EMPTY;
  }

  public Estimator estimator() {
    return estimator;
  }
}
