package io.frazil.engine.exec.join;

import io.frazil.engine.vector.Batch;
import java.util.Arrays;

/// An array from packed key to row: for keys that are dense enough.
final class DirectTable implements KeyTable {
  private final PackedKeys packing;

  /// By key the first row that has it, or -1; one more than there are keys, for those out of range.
  private final int[] rows;

  DirectTable(PackedKeys packing) {
    this.packing = packing;
    rows = new int[Math.toIntExact(packing.size()) + 1];
    Arrays.fill(rows, -1);
  }

  /// What the table of this packing holds, in bytes.
  static long bytes(PackedKeys packing) {
    return (packing.size() + 1) * Integer.BYTES;
  }

  /// Takes the row in unless its key is there, and gives the first row of the key.
  int insert(long key, int row) {
    int first = rows[(int) key];
    if (first >= 0) {
      return first;
    }
    rows[(int) key] = row;
    return row;
  }

  @Override
  public Lookup lookup() {
    long[] packed = new long[Batch.MAX_ROWS];
    long[] scratch = new long[Batch.MAX_ROWS];
    return (keys, selection, count, found) -> {
      packing.pack(keys, selection, count, packed, scratch);
      find(packed, count, rows, found);
      PackedKeys.dropMisfits(keys, selection, count, found);
    };
  }

  private static void find(long[] packed, int count, int[] rows, int[] found) {
    long outside = rows.length - 1L;
    for (int i = 0; i < count; i++) {
      long key = packed[i];
      long negative = key >> 63;
      found[i] = rows[(int) Math.min(outside, (key & ~negative) | (outside & negative))];
    }
  }
}
