package io.frazil.sql.optimize;

import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.BiRel;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/// The left rows for which `key NOT IN (right column)` is true. Calcite's joins cannot say it where
/// either may be null.
public final class NullAwareAntiJoin extends BiRel {
  private final int key;

  private NullAwareAntiJoin(
      RelOptCluster cluster, RelTraitSet traits, RelNode left, RelNode right, int key) {
    super(cluster, traits, left, right);
    this.key = key;
  }

  /// @param key column of the left input, compared with the only column of the right one
  static NullAwareAntiJoin create(RelNode left, RelNode right, int key) {
    return new NullAwareAntiJoin(left.getCluster(), left.getTraitSet(), left, right, key);
  }

  public int key() {
    return key;
  }

  @Override
  protected RelDataType deriveRowType() {
    return left.getRowType();
  }

  @Override
  public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
    return new NullAwareAntiJoin(getCluster(), traits, inputs.get(0), inputs.get(1), key);
  }

  @Override
  public RelWriter explainTerms(RelWriter writer) {
    return super.explainTerms(writer).item("key", key);
  }
}
