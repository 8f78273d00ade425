package io.frazil.engine.exec.aggregate;

import io.frazil.engine.hash.ValueHash;
import io.frazil.engine.memory.Reservation;

/// Open addressing over longs: key and group plus one side by side, 0 where a slot is free.
final class HashSlots {
  /// So many slots fit the cache of a core.
  private static final int CACHED_SLOTS = 1 << 16;

  private final Reservation reservation;
  private long[] entries = {};
  private int mask = -1;
  private int[] slots = {};

  HashSlots(Reservation reservation) {
    this.reservation = reservation;
  }

  /// Makes room for `wanted` groups.
  ///
  /// @param unkeyed the group that no key has, or -1
  void reserve(int wanted, long[] keys, int groups, int unkeyed) {
    int capacity = TableLoad.capacity(wanted, mask + 1, CACHED_SLOTS);
    if (capacity == mask + 1) {
      return;
    }
    reservation.grow(2L * capacity * Long.BYTES);
    long freed = (long) entries.length * Long.BYTES;
    entries = new long[2 * capacity];
    reservation.shrink(freed);
    mask = capacity - 1;
    for (int group = 0; group < groups; group++) {
      if (group != unkeyed) {
        insert(keys[group], group);
      }
    }
  }

  private void insert(long key, int group) {
    int slot = (int) ValueHash.of(key) & mask;
    while (entries[2 * slot + 1] != 0) {
      slot = (slot + 1) & mask;
    }
    entries[2 * slot] = key;
    entries[2 * slot + 1] = group + 1L;
  }

  /// Numbers the groups of keys, for which there is room; gives how many groups there are then.
  int intern(long[] values, int count, long[] keys, int groups, int[] out) {
    if (slots.length < count) {
      slots = new int[count];
    }
    for (int i = 0; i < count; i++) {
      slots[i] = (int) ValueHash.of(values[i]) & mask;
    }
    return probe(values, count, keys, groups, out);
  }

  private int probe(long[] values, int count, long[] keys, int groups, int[] out) {
    long[] table = entries;
    int next = groups;
    for (int i = 0; i < count; i++) {
      long key = values[i];
      int slot = slots[i];
      long group = table[2 * slot + 1];
      while (group != 0 && table[2 * slot] != key) {
        slot = (slot + 1) & mask;
        group = table[2 * slot + 1];
      }
      if (group == 0) {
        keys[next++] = key;
        group = next;
        table[2 * slot] = key;
        table[2 * slot + 1] = group;
      }
      out[i] = (int) group - 1;
    }
    return next;
  }

  void close() {
    reservation.shrink((long) entries.length * Long.BYTES);
    entries = new long[0];
    mask = -1;
  }
}
