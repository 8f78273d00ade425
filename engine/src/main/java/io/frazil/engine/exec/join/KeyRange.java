package io.frazil.engine.exec.join;

import io.frazil.engine.hash.LongKeys;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.Vector;

/// The least and greatest of a column's encoded values ([LongKeys#encode]), nulls aside; 0 and 0
/// where there are none.
record KeyRange(long min, long max) {
  static KeyRange of(Vector key, int rows) {
    long[] values = new long[Batch.MAX_ROWS];
    int[] positions = new int[Batch.MAX_ROWS];
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int from = 0; from < rows; from += Batch.MAX_ROWS) {
      int count = chunk(key, from, Math.min(rows, from + Batch.MAX_ROWS), positions);
      LongKeys.encode(key, positions, count, values);
      for (int i = 0; i < count; i++) {
        min = Math.min(min, values[i]);
        max = Math.max(max, values[i]);
      }
    }
    return min > max ? new KeyRange(0, 0) : new KeyRange(min, max);
  }

  /// The rows `from` to `to` where the key is not null, and how many they are.
  static int chunk(Vector key, int from, int to, int[] positions) {
    long[] validity = key.validity();
    int count = 0;
    for (int row = from; row < to; row++) {
      positions[count] = row;
      count += validity == null || Bitmap.get(validity, row) ? 1 : 0;
    }
    return count;
  }
}
