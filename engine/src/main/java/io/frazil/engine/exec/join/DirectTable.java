package io.frazil.engine.exec.join;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/// An array from packed key to row: for keys that are dense enough.
final class DirectTable implements NumberTable {
  private static final VarHandle ROWS = MethodHandles.arrayElementVarHandle(int[].class);

  private final PackedKeys packing;

  /// By key the row that stands for it, or -1; one more than there are keys, for those outside.
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

  @Override
  public PackedKeys packing() {
    return packing;
  }

  @Override
  public void insert(long[] packed, int[] numbers, int count, int[] first) {
    for (int i = 0; i < count; i++) {
      int key = (int) packed[i];
      int row = numbers[i];
      int held = rows[key] >= 0 ? rows[key] : (int) ROWS.compareAndExchange(rows, key, -1, row);
      first[row] = held < 0 ? row : held;
    }
  }

  @Override
  public void find(long[] packed, int count, int[] found, int[] unresolved) {
    int[] table = rows;
    long outside = table.length - 1L;
    for (int i = 0; i < count; i++) {
      long key = packed[i];
      long negative = key >> 63;
      found[i] = table[(int) Math.min(outside, (key & ~negative) | (outside & negative))];
    }
  }
}
