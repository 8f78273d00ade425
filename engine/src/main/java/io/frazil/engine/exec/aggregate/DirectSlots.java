package io.frazil.engine.exec.aggregate;

import io.frazil.engine.memory.Reservation;

/// The group of every key of a range, in an array: for keys that lie close together.
final class DirectSlots {
  /// A range this long is always worth it.
  private static final long SMALL_RANGE = 1 << 20;

  /// And a longer one while it has at most this many keys a group: more than a hash table's share.
  private static final long MAX_SPARSITY = 16;

  private final Reservation reservation;

  /// The group of key `base + i`, plus one; 0 where it has none.
  private int[] slots = {};

  private long base;

  /// Of the keys seen; empty where `least > greatest`.
  private long least = Long.MAX_VALUE;

  private long greatest = Long.MIN_VALUE;

  DirectSlots(Reservation reservation) {
    this.reservation = reservation;
  }

  /// Makes the range cover these keys, if that is worth it.
  boolean cover(long[] values, int count, int groups) {
    long min = least;
    long max = greatest;
    for (int i = 0; i < count; i++) {
      min = Math.min(min, values[i]);
      max = Math.max(max, values[i]);
    }
    if (min == least && max == greatest) {
      return true;
    }
    long range = max - min + 1;
    long most = Math.max(SMALL_RANGE, MAX_SPARSITY * (groups + (long) count));
    if (range <= 0 || range > Math.min(most, Integer.MAX_VALUE - 8)) {
      return false;
    }
    if (slots.length == 0 || min < base || max - base >= slots.length) {
      resize(min, range, most);
    }
    least = min;
    greatest = max;
    return true;
  }

  /// Numbers the groups of keys that are covered; gives how many groups there are then.
  int intern(long[] values, int count, long[] keys, int groups, int[] out) {
    int[] table = slots;
    int next = groups;
    for (int i = 0; i < count; i++) {
      int slot = (int) (values[i] - base);
      int group = table[slot];
      if (group == 0) {
        keys[next++] = values[i];
        group = next;
        table[slot] = group;
      }
      out[i] = group - 1;
    }
    return next;
  }

  void close() {
    reservation.shrink((long) slots.length * Integer.BYTES);
    slots = new int[0];
  }

  /// Leaves room where the range grows: below if it grew downwards, else above.
  private void resize(long min, long range, long most) {
    int capacity = (int) Math.min(Math.max(range, 1024), Integer.MAX_VALUE - 8);
    capacity = (int) Math.max(capacity, Math.min(most, Math.min(2 * range, 1 << 30)));
    boolean downwards = slots.length > 0 && min < base;
    long room = capacity - range;
    long newBase = downwards && min >= Long.MIN_VALUE + room ? min - room : min;
    reservation.grow((long) capacity * Integer.BYTES);
    int[] table = new int[capacity];
    if (least <= greatest) {
      int from = (int) (least - base);
      int to = (int) (least - newBase);
      System.arraycopy(slots, from, table, to, (int) (greatest - least + 1));
    }
    reservation.shrink((long) slots.length * Integer.BYTES);
    slots = table;
    base = newBase;
  }
}
