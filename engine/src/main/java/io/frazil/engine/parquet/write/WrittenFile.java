package io.frazil.engine.parquet.write;

import java.util.List;

/// What a finished file holds: all that a table's metadata says of it.
///
/// @param bytes the file's size
/// @param splitOffsets where its row groups begin, ascending
/// @param columns in the order of the schema
public record WrittenFile(
    long rows, long bytes, List<Long> splitOffsets, List<WrittenColumn> columns) {
  public WrittenFile {
    splitOffsets = List.copyOf(splitOffsets);
    columns = List.copyOf(columns);
  }
}
