package io.frazil.engine.parquet.write;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// The least and the greatest of some values, in Parquet's plain form.
record Bounds(byte[] min, byte[] max) {
  /// The bounds of both; null stands for no values.
  static @Nullable Bounds union(
      @Nullable Bounds left, @Nullable Bounds right, Comparator<byte[]> order) {
    if (left == null) {
      return right;
    }
    if (right == null) {
      return left;
    }
    return new Bounds(
        order.compare(right.min, left.min) < 0 ? right.min : left.min,
        order.compare(right.max, left.max) > 0 ? right.max : left.max);
  }
}
