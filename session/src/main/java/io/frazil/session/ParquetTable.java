package io.frazil.session;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.parquet.ParquetColumn;
import io.frazil.engine.parquet.ParquetFile;
import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.plan.Split;
import io.frazil.engine.provider.ColumnStatistics;
import io.frazil.engine.provider.PartiallySupported;
import io.frazil.engine.provider.ScanPlan;
import io.frazil.engine.provider.ScanRequest;
import io.frazil.engine.provider.Statistic;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.provider.TableStatistics;
import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Parquet files as one table: the columns are those of the first file, which the others have too,
/// found by name. Files are read at the versions they had when the table was opened.
final class ParquetTable implements TableProvider, PartiallySupported {
  /// How much of a file one task reads at least.
  private static final long SPLIT_BYTES = 64L << 20;

  private final List<ObjectInfo> files;
  private final List<ScanColumn> columns;
  private final Map<String, String> unsupported;
  private final long rows;

  private ParquetTable(
      List<ObjectInfo> files,
      List<ScanColumn> columns,
      Map<String, String> unsupported,
      long rows) {
    this.files = List.copyOf(files);
    this.columns = List.copyOf(columns);
    this.unsupported = Collections.unmodifiableMap(new LinkedHashMap<>(unsupported));
    this.rows = rows;
  }

  /// Reads the files' footers.
  static ParquetTable open(ObjectStore store, List<ObjectInfo> files) {
    var columns = new LinkedHashMap<String, ScanColumn>();
    var unsupported = new LinkedHashMap<String, String>();
    long rows = 0;
    for (ObjectInfo info : files) {
      try (ParquetFile file = ParquetFile.open(store, info.location())) {
        if (info == files.getFirst()) {
          file.columns().forEach(column -> add(column, columns, unsupported));
        } else {
          check(file, columns);
        }
        rows += file.rows();
      }
    }
    return new ParquetTable(files, List.copyOf(columns.values()), unsupported, rows);
  }

  @Override
  public Schema schema() {
    return new Schema(columns.stream().map(ScanColumn::field).toList());
  }

  @Override
  public List<ScanColumn> columns() {
    return columns;
  }

  @Override
  public Map<String, String> unsupportedColumns() {
    return unsupported;
  }

  @Override
  public TableStatistics statistics() {
    return new TableStatistics(
        Statistic.exact((double) rows),
        Collections.nCopies(columns.size(), ColumnStatistics.UNKNOWN));
  }

  @Override
  public ScanPlan scan(ScanRequest request) {
    var splits = new ArrayList<Split>();
    long bytes = 0;
    for (ObjectInfo file : files) {
      bytes += file.size();
      for (long start = 0; start < file.size(); start += SPLIT_BYTES) {
        splits.add(
            new Split.Parquet(
                file.location(),
                start,
                Math.min(SPLIT_BYTES, file.size() - start),
                file.size(),
                file.version(),
                Map.of()));
      }
    }
    return new ScanPlan(splits, files.size(), 0, bytes, 0);
  }

  private static void add(
      ParquetColumn column, Map<String, ScanColumn> columns, Map<String, String> unsupported) {
    Optional<DataType> type = column.type();
    if (type.isPresent()) {
      columns.put(
          column.name(), ScanColumn.named(new Field(column.name(), type.get(), column.nullable())));
    } else {
      unsupported.put(column.name(), column.declared());
    }
  }

  private static void check(ParquetFile file, Map<String, ScanColumn> columns) {
    for (ScanColumn wanted : List.copyOf(columns.values())) {
      Optional<ParquetColumn> column = file.column(wanted.name());
      Optional<DataType> type = column.flatMap(ParquetColumn::type);
      if (type.isEmpty() || !type.get().equals(wanted.type())) {
        throw new FrazilException(
            ErrorCode.TYPE_MISMATCH,
            "'%s' has %s where the first file has column '%s' of type %s"
                .formatted(
                    file.location(),
                    type.map(DataType::text).orElse("nothing"),
                    wanted.name(),
                    wanted.type().text()));
      }
      if (column.get().nullable()) {
        columns.put(wanted.name(), ScanColumn.named(new Field(wanted.name(), wanted.type(), true)));
      }
    }
  }
}
