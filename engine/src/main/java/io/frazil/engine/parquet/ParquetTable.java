package io.frazil.engine.parquet;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.parquet.prune.Bounds;
import io.frazil.engine.parquet.prune.Pruner;
import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.plan.Split;
import io.frazil.engine.provider.PartiallySupported;
import io.frazil.engine.provider.ScanPlan;
import io.frazil.engine.provider.ScanRequest;
import io.frazil.engine.provider.Statistic;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.provider.TableStatistics;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Loose Parquet files of the same columns as a table, at the state they had when it was made: a
/// file that changes afterwards fails the scan.
public final class ParquetTable implements TableProvider, PartiallySupported {
  /// Splits grow to this many bytes of row groups.
  private static final long SPLIT_BYTES = 32 << 20;

  private final List<ParquetFile> files;
  private final Schema schema;
  private final Map<String, String> unsupported;

  private ParquetTable(List<ParquetFile> files) {
    this.files = files;
    var fields = new ArrayList<Field>();
    this.unsupported = new LinkedHashMap<>();
    for (ParquetColumn column : files.getFirst().columns()) {
      boolean nullable =
          files.stream().anyMatch(f -> f.column(column.name()).orElseThrow().nullable());
      column
          .type()
          .ifPresentOrElse(
              type -> fields.add(new Field(column.name(), type, nullable)),
              () -> unsupported.put(column.name(), column.declared()));
    }
    this.schema = new Schema(fields);
  }

  /// The files that a location means: a file, a folder (ending with `/`), or a pattern with `*` and
  /// `?`.
  ///
  /// @throws FrazilException FILE_NOT_FOUND, FILE_CORRUPT; TYPE_MISMATCH where columns differ
  public static ParquetTable at(ObjectStore store, String location) {
    return of(store, FilePattern.resolve(store, location));
  }

  /// Some files, at least one.
  ///
  /// @throws FrazilException as [#at]
  public static ParquetTable of(ObjectStore store, List<String> locations) {
    if (locations.isEmpty()) {
      throw new IllegalArgumentException("a table of no file has no columns");
    }
    var files = new ArrayList<ParquetFile>();
    for (String location : locations) {
      // What a footer says stays known when the file is closed.
      try (ParquetFile file = ParquetFile.open(store, location)) {
        files.add(file);
      }
    }
    files.forEach(file -> checkSame(files.getFirst(), file));
    return new ParquetTable(List.copyOf(files));
  }

  private static void checkSame(ParquetFile first, ParquetFile other) {
    for (ParquetColumn column : first.columns()) {
      ParquetColumn found =
          other
              .column(column.name())
              .orElseThrow(() ->
                  mismatch(
                      "'%s' has a column '%s', '%s' has none"
                          .formatted(first.location(), column.name(), other.location())));
      if (!typeOf(found).equals(typeOf(column))) {
        throw mismatch(
            "column '%s' is %s in '%s', but %s in '%s'"
                .formatted(
                    column.name(),
                    typeOf(column),
                    first.location(),
                    typeOf(found),
                    other.location()));
      }
    }
    if (other.columns().size() > first.columns().size()) {
      checkSame(other, first);
    }
  }

  private static String typeOf(ParquetColumn column) {
    return column.type().map(type -> type.text()).orElse(column.declared());
  }

  private static FrazilException mismatch(String what) {
    return new FrazilException(ErrorCode.TYPE_MISMATCH, "The files' columns differ: " + what);
  }

  @Override
  public Schema schema() {
    return schema;
  }

  @Override
  public Map<String, String> unsupportedColumns() {
    return Collections.unmodifiableMap(unsupported);
  }

  @Override
  public List<ScanColumn> columns() {
    return schema.fields().stream().map(ScanColumn::named).toList();
  }

  @Override
  public TableStatistics statistics() {
    long rows = files.stream().mapToLong(ParquetFile::rows).sum();
    return new TableStatistics(
        Statistic.exact((double) rows),
        schema.fields().stream()
            .map(field -> FooterStatistics.of(files, field.name(), rows))
            .toList());
  }

  @Override
  public ScanPlan scan(ScanRequest request) {
    var splits = new ArrayList<Split>();
    long bytes = 0;
    long kept = 0;
    long filesPruned = 0;
    for (ParquetFile file : files) {
      List<Split> found = splits(file, request.filters());
      splits.addAll(found);
      filesPruned += found.isEmpty() ? 1 : 0;
      bytes += file.info().size();
      kept +=
          file.rowGroups().stream()
              .filter(r -> mightPass(file, r, request.filters()))
              .mapToLong(RowGroupMetadata::bytes)
              .sum();
    }
    long all =
        files.stream()
            .flatMap(f -> f.rowGroups().stream())
            .mapToLong(RowGroupMetadata::bytes)
            .sum();
    return new ScanPlan(splits, files.size(), filesPruned, bytes, all - kept);
  }

  /// Runs of row groups that might have a row that passes.
  private List<Split> splits(ParquetFile file, List<Expression> filters) {
    List<RowGroupMetadata> ordered =
        file.rowGroups().stream()
            .sorted(Comparator.comparingLong(RowGroupMetadata::start))
            .toList();
    var splits = new ArrayList<Split>();
    long start = 0;
    long end = 0;
    for (RowGroupMetadata rowGroup : ordered) {
      if (mightPass(file, rowGroup, filters)) {
        start = end == 0 ? rowGroup.start() : start;
        end = Math.max(rowGroup.start() + 1, rowGroup.start() + rowGroup.bytes());
      }
      boolean full = end - start >= SPLIT_BYTES || end <= rowGroup.start();
      if (end > 0 && full) {
        splits.add(split(file, start, end));
        end = 0;
      }
    }
    if (end > 0) {
      splits.add(split(file, start, end));
    }
    return splits;
  }

  private static Split split(ParquetFile file, long start, long end) {
    return new Split.Parquet(
        file.location(), start, end - start, file.info().size(), file.info().version(), Map.of());
  }

  private boolean mightPass(ParquetFile file, RowGroupMetadata rowGroup, List<Expression> filters) {
    List<Bounds> bounds =
        IntStream.range(0, schema.size())
            .mapToObj(i -> FooterStatistics.bounds(file, rowGroup, schema.field(i).name()))
            .toList();
    return rowGroup.rows() > 0 && Pruner.mightPass(filters, bounds::get);
  }
}
