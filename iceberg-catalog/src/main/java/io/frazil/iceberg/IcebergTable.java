package io.frazil.iceberg;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.plan.Split;
import io.frazil.engine.provider.PartiallySupported;
import io.frazil.engine.provider.ScanPlan;
import io.frazil.engine.provider.ScanRequest;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.provider.TableStatistics;
import io.frazil.engine.provider.TableVersion;
import io.frazil.engine.type.Schema;
import io.frazil.iceberg.scan.PruningFilter;
import io.frazil.iceberg.scan.SnapshotFileCache;
import io.frazil.iceberg.scan.SnapshotFiles;
import io.frazil.iceberg.scan.SplitPlanner;
import io.frazil.iceberg.statistics.StatisticsCache;
import io.frazil.iceberg.type.TableColumns;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types.NestedField;

/// An Iceberg table at one snapshot.
public final class IcebergTable implements TableProvider, PartiallySupported {
  private final String name;
  private final Table table;
  private final SnapshotSelection selected;
  private final TableColumns columns;
  private final StatisticsCache statistics;
  private final SnapshotFileCache snapshotFiles;

  private IcebergTable(
      String name,
      Table table,
      SnapshotSelection selected,
      StatisticsCache statistics,
      SnapshotFileCache snapshotFiles) {
    this.name = name;
    this.table = table;
    this.selected = selected;
    this.columns = TableColumns.of(selected.schema(), table.properties());
    this.statistics = statistics;
    this.snapshotFiles = snapshotFiles;
  }

  /// @param name for messages
  /// @param table loaded for this and refreshed by nobody
  static IcebergTable open(
      String name,
      Table table,
      TableVersion version,
      StatisticsCache statistics,
      SnapshotFileCache snapshotFiles) {
    if (table.properties().containsKey(TableProperties.ENCRYPTION_TABLE_KEY)) {
      throw new FrazilException(
          ErrorCode.NOT_SUPPORTED, "Table " + name + " is encrypted, which is not supported yet");
    }
    return new IcebergTable(
        name, table, SnapshotSelection.of(name, table, version), statistics, snapshotFiles);
  }

  /// The snapshot, or empty where the table was never written to.
  public OptionalLong snapshotId() {
    Snapshot snapshot = selected.snapshot();
    return snapshot == null ? OptionalLong.empty() : OptionalLong.of(snapshot.snapshotId());
  }

  @Override
  public Schema schema() {
    return columns.schema();
  }

  @Override
  public List<ScanColumn> columns() {
    return columns.columns();
  }

  @Override
  public Map<String, String> unsupportedColumns() {
    return columns.unsupported();
  }

  @Override
  public TableStatistics statistics() {
    return IcebergFailure.translating(
        () -> statistics.statistics(table, selected.snapshot(), columns));
  }

  @Override
  public ScanPlan scan(ScanRequest request) {
    Snapshot snapshot = selected.snapshot();
    if (snapshot == null) {
      return new ScanPlan(List.of(), 0, 0, 0, 0);
    }
    return IcebergFailure.translating(() -> plan(snapshot, request));
  }

  private ScanPlan plan(Snapshot snapshot, ScanRequest request) {
    TableScan scan = SnapshotFileCache.scanOf(table, snapshot);
    PruningFilter pruning = new PruningFilter(fieldsIn(scan.schema()));
    List<FileScanTask> tasks = files(snapshot, scan, pruning.translate(request.filters()));
    if (request.limit() != null && request.filters().isEmpty()) {
      tasks = enough(tasks, request.limit());
    }
    List<NestedField> read = request.columns().stream().map(columns.fields()::get).toList();
    SplitPlanner planner = new SplitPlanner(name, read);
    List<Split> splits = tasks.stream().flatMap(task -> planner.splits(task).stream()).toList();
    long bytes = tasks.stream().mapToLong(task -> task.file().fileSizeInBytes()).sum();
    long allFiles = total(snapshot, SnapshotSummary.TOTAL_DATA_FILES_PROP, tasks.size());
    long allBytes = total(snapshot, SnapshotSummary.TOTAL_FILE_SIZE_PROP, bytes);
    return new ScanPlan(
        splits,
        allFiles,
        allFiles - tasks.size(),
        allBytes,
        allBytes - bytes,
        KeptFiles.of(tasks, read.stream().map(NestedField::fieldId).toList()).orElse(null));
  }

  /// Our columns as the scan calls them: names may have changed since the snapshot, ids don't.
  private List<Optional<NestedField>> fieldsIn(org.apache.iceberg.Schema schema) {
    return columns.fields().stream()
        .map(field -> Optional.ofNullable(schema.findField(field.fieldId())))
        .toList();
  }

  /// The files that may hold a row that passes, in the order in which they were added.
  private List<FileScanTask> files(Snapshot snapshot, TableScan scan, Expression filter) {
    Optional<SnapshotFiles> known = snapshotFiles.files(table, snapshot);
    if (known.isPresent()
        ? known.get().hasDeletes()
        : SnapshotFileCache.hasDeletes(table, snapshot)) {
      throw new FrazilException(ErrorCode.NOT_SUPPORTED, SplitPlanner.rowLevelDeletes(name));
    }
    return known.isPresent()
        ? known.get().matching(scan.schema(), filter)
        : planned(scan.filter(filter));
  }

  private static List<FileScanTask> planned(TableScan scan) {
    List<FileScanTask> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = scan.planFiles()) {
      tasks.forEach(files::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.sort(SnapshotFileCache.ORDER);
    return files;
  }

  /// The first files that have `limit` rows together.
  private static List<FileScanTask> enough(List<FileScanTask> files, long limit) {
    long rows = 0;
    int count = 0;
    while (count < files.size() && rows < limit) {
      rows += files.get(count++).file().recordCount();
    }
    return files.subList(0, count);
  }

  /// A total from the snapshot's summary, which is optional and others write: never less than seen.
  private static long total(Snapshot snapshot, String property, long seen) {
    String text = snapshot.summary() == null ? null : snapshot.summary().get(property);
    try {
      return text == null ? seen : Math.max(seen, Long.parseLong(text));
    } catch (NumberFormatException _) {
      return seen;
    }
  }
}
