package io.frazil.sql.bind;

import io.frazil.engine.plan.TableReference;
import io.frazil.engine.provider.ColumnStatistics;
import io.frazil.engine.provider.PartiallySupported;
import io.frazil.engine.provider.Statistic;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.provider.TableStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Statistics;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.util.ImmutableBitSet;

/// A table provider as Calcite sees it.
public final class EngineTable extends AbstractTable {
  private final TableProvider provider;
  private final TableReference reference;
  private final TableStatistics statistics;

  EngineTable(TableProvider provider, TableReference reference) {
    this.provider = provider;
    this.reference = reference;
    this.statistics = provider.statistics();
  }

  public TableProvider provider() {
    return provider;
  }

  public TableReference reference() {
    return reference;
  }

  public TableStatistics statistics() {
    return statistics;
  }

  private static Map<String, String> unsupported(TableProvider provider) {
    return provider instanceof PartiallySupported partial ? partial.unsupportedColumns() : Map.of();
  }

  /// The provider's columns, and behind them those that it cannot read ([UnreadableType]).
  @Override
  public RelDataType getRowType(RelDataTypeFactory factory) {
    RelDataType readable = RelTypes.toRel(factory, provider.schema());
    Map<String, String> others = unsupported(provider);
    if (others.isEmpty()) {
      return readable;
    }
    var builder = factory.builder().addAll(readable.getFieldList());
    others.forEach((name, type) -> builder.add(name, new UnreadableType(name, type, others)));
    return builder.build();
  }

  /// Only what is certain: rules drop aggregates and joins over columns that are keys.
  @Override
  public org.apache.calcite.schema.Statistic getStatistic() {
    return Statistics.of(statistics.rows().value(), keys());
  }

  private List<ImmutableBitSet> keys() {
    var keys = new ArrayList<ImmutableBitSet>();
    Statistic rows = statistics.rows();
    for (int i = 0; i < statistics.columns().size(); i++) {
      ColumnStatistics column = statistics.columns().get(i);
      if (isExactly(rows, column.distinct(), rows) && isExactly(rows, column.nulls(), null)) {
        keys.add(ImmutableBitSet.of(i));
      }
    }
    return keys;
  }

  private static boolean isExactly(
      Statistic rows,
      @org.jspecify.annotations.Nullable Statistic actual,
      @org.jspecify.annotations.Nullable Statistic wanted) {
    return actual != null
        && actual.exactness() == Statistic.Exactness.EXACT
        && rows.exactness() == Statistic.Exactness.EXACT
        && actual.value() == (wanted == null ? 0 : wanted.value());
  }
}
