package io.frazil.engine.parquet.write;

import java.util.Arrays;

/// The distinct values of a chunk of up to eight bytes each, numbered in the order of their coming.
/// Open addressing, at most half full.
final class LongDictionary {
  private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

  private long[] values = new long[512];
  private int[] slots = new int[1024];
  private int shift = Long.SIZE - 10;
  private int size;

  int size() {
    return size;
  }

  /// The values by id.
  long[] values() {
    return values;
  }

  /// Forgets the entries from `newSize` on, after which nothing more may be added.
  void truncate(int newSize) {
    size = newSize;
  }

  void clear() {
    size = 0;
    Arrays.fill(slots, 0);
  }

  /// Numbers the values, or stops where there would be more than `limit` entries.
  ///
  /// @return whether all have their number
  boolean intern(long[] keys, int count, int[] ids, int limit) {
    for (int i = 0; i < count; i++) {
      int id = intern(keys[i]);
      if (id >= limit) {
        return false;
      }
      ids[i] = id;
    }
    return true;
  }

  // A slot holds an id plus one, or zero.
  private int intern(long key) {
    int mask = slots.length - 1;
    int slot = (int) ((key * MULTIPLIER) >>> shift);
    while (slots[slot] != 0) {
      int id = slots[slot] - 1;
      if (values[id] == key) {
        return id;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = size + 1;
    values[size] = key;
    if (++size == values.length) {
      grow();
    }
    return size - 1;
  }

  private void grow() {
    values = Arrays.copyOf(values, values.length * 2);
    slots = new int[slots.length * 2];
    shift--;
    int mask = slots.length - 1;
    for (int id = 0; id < size; id++) {
      int slot = (int) ((values[id] * MULTIPLIER) >>> shift);
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = id + 1;
    }
  }
}
