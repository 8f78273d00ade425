package io.frazil.iceberg.scan;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.plan.Split;
import io.frazil.engine.type.DataType;
import io.frazil.iceberg.type.IcebergTypes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;

/// Cuts data files into splits at the offsets of their row groups.
///
/// A split takes row groups until it has [#TARGET_BYTES]: small enough that a laptop's threads and
/// a few workers all get some of a middling table. A file without usable offsets is cut blindly,
/// which is as right: a row group belongs to the split that holds its first byte.
public final class SplitPlanner {
  static final long TARGET_BYTES = 32L << 20;

  private final String table;
  private final Map<Integer, NestedField> columns = new HashMap<>();

  /// @param table its name, for messages
  /// @param columns what is read, with the names and types by which it is asked for: those of the
  ///   scan that finds the files may be others
  public SplitPlanner(String table, List<NestedField> columns) {
    this.table = table;
    columns.forEach(column -> this.columns.put(column.fieldId(), column));
  }

  /// @throws FrazilException NOT_SUPPORTED for what the engine would read wrongly or not at all
  public List<Split> splits(FileScanTask task) {
    DataFile file = task.file();
    if (!task.deletes().isEmpty()) {
      throw new FrazilException(ErrorCode.NOT_SUPPORTED, rowLevelDeletes(table));
    }
    if (file.format() != FileFormat.PARQUET) {
      throw new FrazilException(
          ErrorCode.NOT_SUPPORTED,
          "Table %s has a data file in %s, which is not supported yet: %s"
              .formatted(table, file.format(), file.location()));
    }
    if (file.keyMetadata() != null) {
      throw new FrazilException(
          ErrorCode.NOT_SUPPORTED,
          "Table %s has an encrypted data file, which is not supported yet: %s"
              .formatted(table, file.location()));
    }
    Map<Integer, Literal> constants = constants(task.spec(), file);
    List<Split> splits = new ArrayList<>();
    long size = file.fileSizeInBytes();
    long start = 0;
    for (long offset : cuts(file)) {
      if (offset - start >= TARGET_BYTES) {
        splits.add(split(file, start, offset, constants));
        start = offset;
      }
    }
    splits.add(split(file, start, size, constants));
    return splits;
  }

  /// What is said of a table with row-level deletes.
  public static String rowLevelDeletes(String table) {
    return "Table " + table + " has row-level deletes, which are not supported yet";
  }

  private static Split split(DataFile file, long start, long end, Map<Integer, Literal> constants) {
    return new Split.Parquet(
        file.location(), start, end - start, file.fileSizeInBytes(), null, constants);
  }

  /// Where the file may be cut, ascending.
  private static List<Long> cuts(DataFile file) {
    List<Long> offsets = file.splitOffsets();
    if (offsets != null && usable(offsets, file.fileSizeInBytes())) {
      return offsets;
    }
    List<Long> blind = new ArrayList<>();
    for (long cut = TARGET_BYTES; cut < file.fileSizeInBytes(); cut += TARGET_BYTES) {
      blind.add(cut);
    }
    return blind;
  }

  private static boolean usable(List<Long> offsets, long fileSize) {
    long previous = -1;
    for (long offset : offsets) {
      if (offset <= previous || offset >= fileSize) {
        return false;
      }
      previous = offset;
    }
    return true;
  }

  /// The columns that have one value in the whole file because it is partitioned by them. The
  /// format's specification has readers take these from the partition, whatever the file says.
  private Map<Integer, Literal> constants(PartitionSpec spec, DataFile file) {
    Map<Integer, Literal> constants = new HashMap<>();
    List<PartitionField> fields = spec.fields();
    for (int i = 0; i < fields.size(); i++) {
      PartitionField field = fields.get(i);
      NestedField column = columns.get(field.sourceId());
      if (!field.transform().isIdentity() || column == null) {
        continue;
      }
      Type stored = spec.schema().findType(field.sourceId());
      if (stored != null) {
        Object value = file.partition().get(i, Object.class);
        constants.put(column.fieldId(), constant(column, stored, value));
      } else {
        requireHeld(column, file);
      }
    }
    return constants;
  }

  /// The values of partitions by a column that was dropped are not known to the scan of a snapshot
  /// that is still the current one; the file itself has the column, or it is lost.
  private void requireHeld(NestedField column, DataFile file) {
    Map<Integer, Long> counts = file.valueCounts();
    if (counts == null || !counts.containsKey(column.fieldId())) {
      throw new FrazilException(
          ErrorCode.NOT_SUPPORTED,
          ("Table %s was partitioned by its column '%s', which was dropped since;"
                  + " reading it as it was before that is not supported yet")
              .formatted(table, column.name()));
    }
  }

  /// A partition's value in its column's type, which may be wider or, of an older version that is
  /// read, narrower than the one that the partition has.
  private Literal constant(NestedField column, Type stored, @Nullable Object value) {
    DataType type = IcebergTypes.engineType(column.type()).orElseThrow();
    if (IcebergTypes.engineType(stored).filter(other -> isAlike(other, type)).isEmpty()) {
      throw new FrazilException(
          ErrorCode.TYPE_MISMATCH,
          "Table %s has partitions by '%s' as %s, which is %s"
              .formatted(table, column.name(), stored, column.type()));
    }
    return value == null ? new Literal(null, type) : IcebergTypes.literal(value, type);
  }

  /// Whether a value of one type is the same value of another.
  private static boolean isAlike(DataType one, DataType other) {
    return one.equals(other)
        || (one.isInteger() && other.isInteger())
        || (one.isFloating() && other.isFloating())
        || (one instanceof DataType.Decimal(int _, int scale)
            && other instanceof DataType.Decimal(int _, int otherScale)
            && scale == otherScale);
  }
}
