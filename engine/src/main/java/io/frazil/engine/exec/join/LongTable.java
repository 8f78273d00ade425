package io.frazil.engine.exec.join;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// Open addressing over packed keys with linear probing, at most half full: key and row lie next to
/// each other, so that a find is one cache line.
final class LongTable implements NumberTable {
  private static final VarHandle SLOTS = MethodHandles.arrayElementVarHandle(long[].class);

  /// In place of a row: another thread is about to write key and row.
  private static final long TAKEN = -1;

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

  @Override
  public PackedKeys packing() {
    return packing;
  }

  @Override
  public void insert(long[] packed, int[] numbers, int count, int[] first) {
    long[] seen = Slots.load(slots, packed, count, shift, 2);
    for (int i = 0; i < count; i++) {
      first[numbers[i]] = insert(packed[i], numbers[i], seen[i]);
    }
  }

  /// Takes the row in unless its key is there, and gives the row that stands for the key. A slot is
  /// taken first, then gets its key, then its row.
  ///
  /// @param seen the row that was in its first slot
  private int insert(long key, int row, long seen) {
    int mask = slots.length - 1;
    int slot = Slots.first(key, shift) << 1;
    boolean mayBeFree = seen == 0;
    while (true) {
      if (mayBeFree && SLOTS.compareAndSet(slots, slot + 1, 0L, TAKEN)) {
        slots[slot] = key;
        SLOTS.setRelease(slots, slot + 1, row + 1L);
        return row;
      }
      long held = (long) SLOTS.getAcquire(slots, slot + 1);
      while (held == TAKEN) {
        Thread.onSpinWait();
        held = (long) SLOTS.getAcquire(slots, slot + 1);
      }
      if (slots[slot] == key) {
        return (int) held - 1;
      }
      slot = slot + 2 & mask;
      mayBeFree = slots[slot + 1] == 0;
    }
  }

  @Override
  public void find(long[] packed, int count, int[] found, int[] unresolved) {
    int rest = findFirst(packed, count, found, unresolved);
    findRest(packed, unresolved, rest, found);
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
