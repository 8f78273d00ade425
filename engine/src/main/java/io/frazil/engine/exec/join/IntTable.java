package io.frazil.engine.exec.join;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// As [LongTable], for packed keys below 2^32: key and row share a long, which halves what has to
/// come through the caches.
final class IntTable implements NumberTable {
  private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(long[].class);

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

  @Override
  public PackedKeys packing() {
    return packing;
  }

  @Override
  public void insert(long[] packed, int[] numbers, int count, int[] first) {
    long[] seen = Slots.load(slots, packed, count, shift, 1);
    for (int i = 0; i < count; i++) {
      first[numbers[i]] = insert(packed[i], numbers[i], seen[i]);
    }
  }

  /// Takes the row in unless its key is there, and gives the row that stands for the key.
  ///
  /// @param seen what was in its first slot
  private int insert(long key, int row, long seen) {
    int mask = slots.length - 1;
    int slot = Slots.first(key, shift);
    long wanted = key << Integer.SIZE | row + 1;
    long entry = seen;
    while (true) {
      if (entry == 0) {
        entry = (long) SLOTS.compareAndExchange(slots, slot, 0L, wanted);
        if (entry == 0) {
          return row;
        }
      }
      if (entry >>> Integer.SIZE == key) {
        return (int) entry - 1;
      }
      slot = slot + 1 & mask;
      entry = slots[slot];
    }
  }

  @Override
  public void find(long[] packed, int count, int[] found, int[] unresolved) {
    int rest = findFirst(packed, count, found, unresolved);
    findRest(packed, unresolved, rest, found);
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
