package io.frazil.engine.exec.sort;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.exec.RowBuffer;
import io.frazil.engine.plan.SortKey;
import io.frazil.engine.vector.Vector;
import java.util.List;

/// Rows, and in which order they come out: runs of row numbers, each in order, that are to be
/// merged.
///
/// @param from how many of the first rows don't come out
/// @param to how many of the first rows come out or are left out by `from`
record SortedRows(RowBuffer rows, List<SortKey> keys, List<int[]> runs, long from, long to) {
  /// The values of the sort keys.
  static Vector[] keyColumns(RowBuffer rows, List<SortKey> keys) {
    Vector[] columns = new Vector[keys.size()];
    for (int k = 0; k < columns.length; k++) {
      Vector whole = rows.column(keys.get(k).column()).whole();
      if (whole == null) {
        throw new FrazilException(
            ErrorCode.MEMORY_LIMIT, "More than 1 GiB of text cannot be sorted by in one task");
      }
      columns[k] = whole;
    }
    return columns;
  }
}
