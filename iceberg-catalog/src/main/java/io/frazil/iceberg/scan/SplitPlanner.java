package io.frazil.iceberg.scan;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.plan.Split;
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
import org.apache.iceberg.StructLike;
import org.apache.iceberg.types.Types.NestedField;

/// Cuts data files into splits at the offsets of their row groups.
///
/// A split takes row groups until it has [#TARGET_BYTES]: small enough that a laptop's threads and
/// a few workers all get some of a middling table. A file without usable offsets is cut blindly,
/// which is as right: a row group belongs to the split that holds its first byte.
public final class SplitPlanner {
  static final long TARGET_BYTES = 32L << 20;

  private final String table;

  /// @param table its name, for messages
  public SplitPlanner(String table) {
    this.table = table;
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
    Map<Integer, Literal> constants = constants(task.spec(), file.partition());
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
  private static Map<Integer, Literal> constants(PartitionSpec spec, StructLike partition) {
    Map<Integer, Literal> constants = new HashMap<>();
    List<PartitionField> fields = spec.fields();
    for (int i = 0; i < fields.size(); i++) {
      PartitionField field = fields.get(i);
      NestedField source = spec.schema().findField(field.sourceId());
      if (!field.transform().isIdentity() || source == null) {
        continue;
      }
      Object value = partition.get(i, Object.class);
      IcebergTypes.engineType(source.type())
          .ifPresent(type ->
              constants.put(
                  source.fieldId(),
                  value == null ? new Literal(null, type) : IcebergTypes.literal(value, type)));
    }
    return constants;
  }
}
