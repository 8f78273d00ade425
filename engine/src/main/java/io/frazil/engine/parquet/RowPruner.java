package io.frazil.engine.parquet;

import io.frazil.engine.evaluate.RuntimeFilter;
import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.parquet.FileColumns.Constant;
import io.frazil.engine.parquet.FileColumns.Stored;
import io.frazil.engine.parquet.PageIndex.Pages;
import io.frazil.engine.parquet.prune.Absence;
import io.frazil.engine.parquet.prune.Bounds;
import io.frazil.engine.parquet.prune.Pruner;
import io.frazil.engine.parquet.prune.RowRanges;
import io.frazil.engine.parquet.prune.StatisticsBounds;
import io.frazil.engine.parquet.prune.StoredValue;
import io.frazil.engine.plan.PhysicalPlan.TableScan;
import io.frazil.engine.plan.RuntimeFilterTarget;
import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.scan.RuntimeFilters;
import io.frazil.engine.type.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Which rows of a row group a scan may have to read, by statistics and by the page index.
final class RowPruner {
  private final TableScan scan;

  RowPruner(TableScan scan) {
    this.scan = scan;
  }

  /// The scan's conjuncts, and what runtime filters say by now as conjuncts.
  List<Expression> conjuncts(RuntimeFilters runtime) {
    var conjuncts = new ArrayList<>(scan.filters());
    for (RuntimeFilterTarget target : scan.runtimeFilters()) {
      runtime.find(target.filterId()).ifPresent(filter -> add(filter, target.column(), conjuncts));
    }
    return conjuncts;
  }

  private void add(RuntimeFilter filter, int column, List<Expression> conjuncts) {
    ScanColumn found = scan.columns().get(column);
    var key = new Expression.Column(column, found.name(), found.type(), found.nullable());
    if (filter.passesNothing()) {
      conjuncts.add(new Literal(false, Types.BOOLEAN));
    }
    Literal min = filter.min();
    if (min != null && min.type().equals(found.type())) {
      conjuncts.add(new Expression.Comparison(ComparisonOperator.GREATER_OR_EQUAL, key, min));
    }
    Literal max = filter.max();
    if (max != null && max.type().equals(found.type())) {
      conjuncts.add(new Expression.Comparison(ComparisonOperator.LESS_OR_EQUAL, key, max));
    }
  }

  /// Whether a row group might have a row that passes.
  ///
  /// @param absence what is known of it besides its statistics
  static boolean mightPass(List<Expression> conjuncts, RowGroup group, Absence absence) {
    return Pruner.mightPass(
        conjuncts,
        column ->
            switch (group.file().places().get(column)) {
              case Constant constant -> constant.bounds();
              case Stored stored -> bounds(group.metadata(), stored);
            },
        absence);
  }

  private static Bounds bounds(RowGroupMetadata rowGroup, Stored stored) {
    RowGroupMetadata.Chunk chunk = rowGroup.chunks().get(stored.column().leaf());
    return chunk == null ? Bounds.UNKNOWN : bounds(chunk, stored.storage(), rowGroup.rows());
  }

  static Bounds bounds(RowGroupMetadata.Chunk chunk, ParquetColumn.Storage storage, long rows) {
    return StatisticsBounds.of(
        chunk.statistics(), value(storage), rows, storage.optional(), chunk.ordered());
  }

  static StoredValue value(ParquetColumn.Storage storage) {
    return new StoredValue(storage.stored(), storage.conversion(), storage.type());
  }

  /// The rows of a row group whose pages might have a row that passes.
  ///
  /// Conjuncts over a single column are looked at, each page of that column by itself.
  static RowRanges rows(List<Expression> conjuncts, PageIndex index, long rowGroupRows) {
    RowRanges rows = RowRanges.all(rowGroupRows);
    for (Expression conjunct : conjuncts) {
      List<Integer> columns = DriverState.columns(conjunct);
      Pages pages = columns.size() == 1 ? index.pages(columns.getFirst()) : null;
      if (pages != null && !pages.bounds().isEmpty()) {
        rows = rows.and(passing(conjunct, pages, rowGroupRows));
      }
    }
    return rows;
  }

  private static RowRanges passing(Expression conjunct, Pages pages, long rowGroupRows) {
    var ranges = new ArrayList<RowRanges.Range>();
    for (int i = 0; i < pages.bounds().size(); i++) {
      Bounds bounds = pages.bounds().get(i);
      if (Pruner.mightPass(List.of(conjunct), _ -> bounds)) {
        ranges.add(new RowRanges.Range(pages.firstRow(i), pages.endRow(i, rowGroupRows)));
      }
    }
    return RowRanges.of(ranges);
  }

  /// The columns whose pages can be judged one by one.
  static Set<Integer> columns(List<Expression> conjuncts) {
    var columns = new TreeSet<Integer>();
    for (Expression conjunct : conjuncts) {
      List<Integer> found = DriverState.columns(conjunct);
      if (found.size() == 1) {
        columns.addAll(found);
      }
    }
    return columns;
  }
}
