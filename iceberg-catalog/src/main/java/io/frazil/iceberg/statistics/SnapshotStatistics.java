package io.frazil.iceberg.statistics;

import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.provider.ColumnStatistics;
import io.frazil.engine.provider.Statistic;
import io.frazil.engine.provider.TableStatistics;
import io.frazil.iceberg.scan.SnapshotFileCache;
import io.frazil.iceberg.type.TableColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/// Merges what a snapshot's manifests say of its files.
final class SnapshotStatistics {
  /// A table of more files is described by its row count alone: reading the statistics of each of
  /// its files would take longer than they save.
  private static final long FILES_MAX = 20_000;

  private final List<ColumnSummary> columns = new ArrayList<>();
  private long rows;
  private boolean deletes;

  private SnapshotStatistics(TableColumns columns) {
    columns.fields().forEach(field -> this.columns.add(new ColumnSummary(field)));
  }

  static TableStatistics read(
      Table table,
      @Nullable Snapshot snapshot,
      TableColumns columns,
      DistinctCounts distinct,
      SnapshotFileCache files) {
    if (snapshot != null
        && summarized(snapshot, SnapshotSummary.TOTAL_DATA_FILES_PROP) > FILES_MAX) {
      return new TableStatistics(
          Statistic.estimate(
              Math.max(1.0, (double) summarized(snapshot, SnapshotSummary.TOTAL_RECORDS_PROP))),
          TableStatistics.unknown(columns.columns().size()).columns());
    }
    var statistics = new SnapshotStatistics(columns);
    if (snapshot != null) {
      files
          .files(table, snapshot)
          .ifPresentOrElse(
              known -> known.all().forEach(statistics::add), () -> statistics.add(table, snapshot));
    }
    return statistics.result(columns, distinct);
  }

  /// A number of the summary, which is optional: 0 where it isn't there.
  static long summarized(Snapshot snapshot, String property) {
    String text = snapshot.summary() == null ? null : snapshot.summary().get(property);
    try {
      return text == null ? 0 : Long.parseLong(text);
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private void add(Table table, Snapshot snapshot) {
    try (CloseableIterable<FileScanTask> files =
        SnapshotFileCache.scanOf(table, snapshot).includeColumnStats().planFiles()) {
      files.forEach(this::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void add(FileScanTask file) {
    rows += file.file().recordCount();
    deletes |= !file.deletes().isEmpty();
    columns.forEach(column -> column.add(file.file()));
  }

  private TableStatistics result(TableColumns from, DistinctCounts distinct) {
    List<ColumnStatistics> results = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      NestedField field = from.fields().get(i);
      ScanColumn column = from.columns().get(i);
      ColumnStatistics known =
          columns
              .get(i)
              .result(
                  column.type(),
                  rows,
                  distinct.distinct().get(field.fieldId()),
                  distinct.averageBytes().get(field.fieldId()));
      results.add(deletes ? loosened(known) : known);
    }
    return new TableStatistics(
        deletes ? Statistic.upperBound((double) rows) : Statistic.exact((double) rows), results);
  }

  /// Rows that deletes take away may have been any.
  private static ColumnStatistics loosened(ColumnStatistics known) {
    return new ColumnStatistics(
        known.min(),
        known.max(),
        false,
        known.nulls() == null ? null : Statistic.upperBound(known.nulls().value()),
        known.nans() == null ? null : Statistic.upperBound(known.nans().value()),
        known.distinct(),
        known.averageBytes());
  }
}
