package io.frazil.sql.estimate;

import com.google.common.collect.ImmutableList;
import io.frazil.sql.estimate.EstimatingQuery.Inference;
import java.util.function.Supplier;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.metadata.BuiltInMetadata;
import org.apache.calcite.rel.metadata.ChainedRelMetadataProvider;
import org.apache.calcite.rel.metadata.ReflectiveRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMdAllPredicates;
import org.apache.calcite.rel.metadata.RelMdCollation;
import org.apache.calcite.rel.metadata.RelMdColumnOrigins;
import org.apache.calcite.rel.metadata.RelMdColumnUniqueness;
import org.apache.calcite.rel.metadata.RelMdDistinctRowCount;
import org.apache.calcite.rel.metadata.RelMdDistribution;
import org.apache.calcite.rel.metadata.RelMdExplainVisibility;
import org.apache.calcite.rel.metadata.RelMdExpressionLineage;
import org.apache.calcite.rel.metadata.RelMdFunctionalDependency;
import org.apache.calcite.rel.metadata.RelMdInputFieldsUsed;
import org.apache.calcite.rel.metadata.RelMdLowerBoundCost;
import org.apache.calcite.rel.metadata.RelMdMaxRowCount;
import org.apache.calcite.rel.metadata.RelMdMeasure;
import org.apache.calcite.rel.metadata.RelMdMemory;
import org.apache.calcite.rel.metadata.RelMdMinRowCount;
import org.apache.calcite.rel.metadata.RelMdNodeTypes;
import org.apache.calcite.rel.metadata.RelMdParallelism;
import org.apache.calcite.rel.metadata.RelMdPercentageOriginalRows;
import org.apache.calcite.rel.metadata.RelMdPopulationSize;
import org.apache.calcite.rel.metadata.RelMdPredicates;
import org.apache.calcite.rel.metadata.RelMdSelectivity;
import org.apache.calcite.rel.metadata.RelMdSize;
import org.apache.calcite.rel.metadata.RelMdTableReferences;
import org.apache.calcite.rel.metadata.RelMdUniqueKeys;
import org.apache.calcite.rel.metadata.RelMetadataProvider;

/// What Calcite's rules may ask of a tree: row counts and costs are ours, the rest (keys,
/// predicates, origins) its own.
public final class Metadata {
  private static final RelMetadataProvider SOURCES =
      ChainedRelMetadataProvider.of(
          ImmutableList.of(
              ReflectiveRelMetadataProvider.reflectiveSource(
                  new RowCounts(), BuiltInMetadata.RowCount.Handler.class),
              ReflectiveRelMetadataProvider.reflectiveSource(
                  new Costs(), BuiltInMetadata.NonCumulativeCost.Handler.class),
              ReflectiveRelMetadataProvider.reflectiveSource(
                  new CumulativeCosts(), BuiltInMetadata.CumulativeCost.Handler.class),
              RelMdPercentageOriginalRows.SOURCE,
              RelMdColumnOrigins.SOURCE,
              RelMdExpressionLineage.SOURCE,
              RelMdTableReferences.SOURCE,
              RelMdNodeTypes.SOURCE,
              RelMdMaxRowCount.SOURCE,
              RelMdMinRowCount.SOURCE,
              RelMdUniqueKeys.SOURCE,
              RelMdColumnUniqueness.SOURCE,
              RelMdPopulationSize.SOURCE,
              RelMdSize.SOURCE,
              RelMdParallelism.SOURCE,
              RelMdDistribution.SOURCE,
              RelMdLowerBoundCost.SOURCE,
              RelMdMeasure.SOURCE,
              RelMdMemory.SOURCE,
              RelMdDistinctRowCount.SOURCE,
              RelMdSelectivity.SOURCE,
              RelMdExplainVisibility.SOURCE,
              RelMdPredicates.SOURCE,
              RelMdInputFieldsUsed.SOURCE,
              RelMdAllPredicates.SOURCE,
              RelMdCollation.SOURCE,
              RelMdFunctionalDependency.SOURCE));

  private static final Handlers HANDLERS = new Handlers(SOURCES);

  private Metadata() {}

  /// Makes the cluster's rules ask us. Predicates are inferred [#inferring] alone.
  public static void install(RelOptCluster cluster) {
    cluster.setMetadataProvider(SOURCES);
    answer(cluster, Inference.OFF);
  }

  /// Does a phase of planning whose rules build on predicates inferred from the tree.
  public static RelNode inferring(RelOptCluster cluster, Supplier<RelNode> phase) {
    answer(cluster, Inference.ON);
    try {
      return phase.get();
    } finally {
      answer(cluster, Inference.OFF);
    }
  }

  private static void answer(RelOptCluster cluster, Inference inference) {
    cluster.setMetadataQuerySupplier(() -> new EstimatingQuery(HANDLERS, inference));
    cluster.invalidateMetadataQuery();
  }
}
