package io.frazil.engine.parquet;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.parquet.decode.Conversion;
import io.frazil.engine.parquet.prune.Bounds;
import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.plan.Split;
import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where a scan's columns are in one file.
final class FileColumns {
  private FileColumns() {}

  /// Where one column is.
  sealed interface Place {}

  /// In the file.
  record Stored(
      ParquetColumn column, ParquetColumn.Storage storage, Conversion conversion, ScanColumn wanted)
      implements Place {}

  /// Nowhere: every row has the one value of `value`.
  record Constant(Vector value, Bounds bounds) implements Place {}

  /// One place for each column, in order.
  ///
  /// @throws FrazilException NOT_SUPPORTED or TYPE_MISMATCH where a stored column can't be read so
  static List<Place> resolve(ParquetFile file, List<ScanColumn> columns, Split.Parquet split) {
    boolean hasIds = file.columns().stream().anyMatch(c -> c.fieldId() != null);
    var places = new ArrayList<Place>();
    for (ScanColumn column : columns) {
      Literal constant = column.fieldId() == null ? null : split.constants().get(column.fieldId());
      if (constant != null) {
        places.add(new Constant(Constants.vector(constant, column.type()), Bounds.of(constant)));
        continue;
      }
      Optional<ParquetColumn> found =
          hasIds && column.fieldId() != null
              ? byId(file, column.fieldId())
              : byName(file, column.names());
      places.add(
          found.map(f -> stored(file, f, column)).orElseGet(() -> missing(file, hasIds, column)));
    }
    return List.copyOf(places);
  }

  private static Optional<ParquetColumn> byId(ParquetFile file, @Nullable Integer id) {
    return file.columns().stream().filter(c -> Objects.equals(c.fieldId(), id)).findFirst();
  }

  private static Optional<ParquetColumn> byName(ParquetFile file, @Nullable List<String> names) {
    return names == null
        ? Optional.empty()
        : names.stream().flatMap(n -> file.column(n).stream()).findFirst();
  }

  private static Place stored(ParquetFile file, ParquetColumn found, ScanColumn column) {
    ParquetColumn.Storage storage = found.require(file.location());
    Conversion conversion =
        ParquetColumn.conversion(storage, typeInFile(storage, column))
            .orElseThrow(() ->
                new FrazilException(
                    ErrorCode.TYPE_MISMATCH,
                    "column '%s' is %s in '%s', but %s in its table"
                        .formatted(
                            column.name(),
                            storage.type().text(),
                            file.location(),
                            column.type().text())));
    return new Stored(found, storage, conversion, column);
  }

  /// What a column is read as. Whether a timestamp has a zone is for the table format to say where
  /// there is one: older annotations, and some writers, don't tell.
  private static DataType typeInFile(ParquetColumn.Storage storage, ScanColumn column) {
    boolean alike =
        column.fieldId() != null
            && storage.type() instanceof DataType.Timestamp(int precision, boolean _)
            && column.type() instanceof DataType.Timestamp(int wanted, boolean _)
            && precision == wanted;
    return alike ? storage.type() : column.type();
  }

  /// What a file holds that lacks the column; an error where nothing says that it does.
  private static Place missing(ParquetFile file, boolean hasIds, ScanColumn column) {
    if (column.fieldId() != null && !hasIds && column.names() == null) {
      throw new FrazilException(
          ErrorCode.FILE_CORRUPT,
          "'%s' has no field ids and its table no name mapping: column '%s' cannot be found in it"
              .formatted(file.location(), column.name()));
    }
    if (!column.nullable() && column.missing() == null) {
      throw new FrazilException(
          ErrorCode.FILE_CORRUPT,
          "'%s' has no column '%s', which its table requires"
              .formatted(file.location(), column.name()));
    }
    return new Constant(
        Constants.vector(column.missing(), column.type()), Bounds.of(column.missing()));
  }
}
