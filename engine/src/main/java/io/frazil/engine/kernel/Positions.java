package io.frazil.engine.kernel;

import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.Rows;
import org.jspecify.annotations.Nullable;

/// The rows that a loop one by one is to compute, and which of them are null.
///
/// @param array the first `count` are positions, ascending
/// @param validity as in a vector; null where no row is null
public record Positions(int[] array, int count, long @Nullable [] validity) {
  public static Positions of(Rows rows, long @Nullable [] validity) {
    return new Positions(Selections.positions(rows), rows.count(), validity);
  }

  /// The position of the `i`th row.
  public int at(int i) {
    return array[i];
  }

  public boolean isNull(int position) {
    return validity != null && !Bitmap.get(validity, position);
  }
}
