package io.frazil.engine.exec.join;

import io.frazil.engine.vector.Batch;

/// Open addressing over packed keys with linear probing, at most half full: key and row lie next to
/// each other, so that a find is one cache line.
final class LongTable implements KeyTable {
  private final PackedKeys packing;

  /// Key, then row + 1; 0 there means that the slot is free.
  private final long[] slots;

  private final int shift;

  LongTable(PackedKeys packing, int rows) {
    this.packing = packing;
    int bits = Slots.bits(rows);
    shift = Long.SIZE - bits;
    slots = new long[2 << bits];
  }

  /// What a table of so many rows holds, in bytes.
  static long bytes(int rows) {
    return (2L << Slots.bits(rows)) * Long.BYTES;
  }

  /// Takes the row in unless its key is there, and gives the first row of the key.
  int insert(long key, int row) {
    int mask = slots.length - 1;
    int slot = Slots.first(key, shift) << 1;
    while (slots[slot + 1] != 0) {
      if (slots[slot] == key) {
        return (int) slots[slot + 1] - 1;
      }
      slot = slot + 2 & mask;
    }
    slots[slot] = key;
    slots[slot + 1] = row + 1L;
    return row;
  }

  @Override
  public Lookup lookup() {
    long[] packed = new long[Batch.MAX_ROWS];
    long[] scratch = new long[Batch.MAX_ROWS];
    int[] unresolved = new int[Batch.MAX_ROWS];
    return (keys, selection, count, found) -> {
      packing.pack(keys, selection, count, packed, scratch);
      int rest = findFirst(packed, count, found, unresolved);
      findRest(packed, unresolved, rest, found);
      PackedKeys.dropMisfits(keys, selection, count, found);
    };
  }

  /// Looks at each key's first slot, without a branch that could be mispredicted, so that the loads
  /// of many keys overlap; lists those that another key holds.
  private int findFirst(long[] packed, int count, int[] found, int[] unresolved) {
    long[] table = slots;
    int right = shift;
    int rest = 0;
    for (int i = 0; i < count; i++) {
      long key = packed[i];
      int slot = Slots.first(key, right) << 1;
      int row = (int) table[slot + 1];
      boolean equal = table[slot] == key;
      found[i] = (equal ? row : 0) - 1;
      unresolved[rest] = i;
      rest += (equal ? 0 : 1) & -row >>> 31;
    }
    return rest;
  }

  private void findRest(long[] packed, int[] unresolved, int rest, int[] found) {
    long[] table = slots;
    int mask = table.length - 1;
    for (int j = 0; j < rest; j++) {
      int i = unresolved[j];
      long key = packed[i];
      int slot = (Slots.first(key, shift) << 1) + 2 & mask;
      while (table[slot + 1] != 0 && table[slot] != key) {
        slot = slot + 2 & mask;
      }
      found[i] = (int) table[slot + 1] - 1;
    }
  }
}
