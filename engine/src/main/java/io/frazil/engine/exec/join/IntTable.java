package io.frazil.engine.exec.join;

import io.frazil.engine.vector.Batch;

/// As [LongTable], for packed keys below 2^32: key and row share a long, which halves what has to
/// come through the caches.
final class IntTable implements KeyTable {
  private final PackedKeys packing;

  /// The key in the upper half, row + 1 in the lower; 0 means that the slot is free.
  private final long[] slots;

  private final int shift;

  IntTable(PackedKeys packing, int rows) {
    this.packing = packing;
    int bits = Slots.bits(rows);
    shift = Long.SIZE - bits;
    slots = new long[1 << bits];
  }

  /// Whether the keys of this packing are small enough.
  static boolean holds(PackedKeys packing) {
    return packing.size() >= 0 && packing.size() <= 1L << Integer.SIZE;
  }

  /// What a table of so many rows holds, in bytes.
  static long bytes(int rows) {
    return (1L << Slots.bits(rows)) * Long.BYTES;
  }

  /// Takes the row in unless its key is there, and gives the first row of the key.
  int insert(long key, int row) {
    int mask = slots.length - 1;
    int slot = Slots.first(key, shift);
    while (slots[slot] != 0) {
      if (slots[slot] >>> Integer.SIZE == key) {
        return (int) slots[slot] - 1;
      }
      slot = slot + 1 & mask;
    }
    slots[slot] = key << Integer.SIZE | row + 1;
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

  /// See [LongTable]: the loads of many keys overlap. A key beyond 32 bits equals no slot's.
  private int findFirst(long[] packed, int count, int[] found, int[] unresolved) {
    long[] table = slots;
    int right = shift;
    int rest = 0;
    for (int i = 0; i < count; i++) {
      long key = packed[i];
      long entry = table[Slots.first(key, right)];
      boolean equal = entry >>> Integer.SIZE == key;
      found[i] = (equal ? (int) entry : 0) - 1;
      unresolved[rest] = i;
      rest += (equal ? 0 : 1) & -(int) entry >>> 31;
    }
    return rest;
  }

  private void findRest(long[] packed, int[] unresolved, int rest, int[] found) {
    long[] table = slots;
    int mask = table.length - 1;
    for (int j = 0; j < rest; j++) {
      int i = unresolved[j];
      long key = packed[i];
      int slot = Slots.first(key, shift) + 1 & mask;
      while (table[slot] != 0 && table[slot] >>> Integer.SIZE != key) {
        slot = slot + 1 & mask;
      }
      found[i] = (int) table[slot] - 1;
    }
  }
}
