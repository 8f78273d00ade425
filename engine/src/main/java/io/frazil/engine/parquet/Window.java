package io.frazil.engine.parquet;

import io.frazil.engine.parquet.decode.ColumnBuffer;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// The rows of a row group that are filtered at a time. Columns are the scan's, and are decoded
/// when they are first asked for.
interface Window {
  /// How many rows there are to filter, of all windows.
  long rowsOfMorsel();

  /// A column as it was decoded; null where the file does not hold it.
  @Nullable ColumnBuffer ids(int column);

  /// A column's values.
  Vector vector(int column);

  /// A batch as wide as the scan's columns, of which only the given ones may be looked at.
  Batch batch(int[] columns);
}
