package io.frazil.engine.kernel;

import java.util.Arrays;

/// A fixed set of longs: compared one by one while they are few, else hashed with open addressing
/// at a quarter full. Immutable.
public final class LongSet {
  private static final int FEW = 6;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private final long[] few;
  private final long[] table;
  private final int shift;
  private final int zero;

  public LongSet(long[] keys) {
    long[] distinct = Arrays.stream(keys).distinct().toArray();
    few = distinct.length <= FEW ? distinct : new long[0];
    int bits = 64 - Long.numberOfLeadingZeros(Math.max(4L * distinct.length, 8) - 1);
    table = distinct.length <= FEW ? new long[0] : new long[1 << bits];
    shift = 64 - bits;
    zero = Arrays.stream(distinct).anyMatch(k -> k == 0) ? 1 : 0;
    if (table.length > 0) {
      Arrays.stream(distinct).filter(k -> k != 0).forEach(this::insert);
    }
  }

  private void insert(long key) {
    int slot = (int) ((key * MIX) >>> shift);
    while (table[slot] != 0) {
      slot = (slot + 1) & (table.length - 1);
    }
    table[slot] = key;
  }

  /// 1 where the key is in the set, else 0.
  private int holds(long key) {
    if (key == 0) {
      return zero;
    }
    int slot = (int) ((key * MIX) >>> shift);
    while (table[slot] != key && table[slot] != 0) {
      slot = (slot + 1) & (table.length - 1);
    }
    return table[slot] == key ? 1 : 0;
  }

  private int isOneOfFew(long key) {
    int found = 0;
    for (long one : few) {
      found |= one == key ? 1 : 0;
    }
    return found;
  }

  /// The positions whose key is in the set (`yes` = 1) or not (`yes` = 0).
  public int select(long[] keys, int yes, int[] positions, int count, int[] out) {
    int flip = 1 - yes;
    int n = 0;
    if (table.length == 0) {
      for (int i = 0; i < count; i++) {
        int p = positions[i];
        out[n] = p;
        n += isOneOfFew(keys[p]) ^ flip;
      }
      return n;
    }
    for (int i = 0; i < count; i++) {
      int p = positions[i];
      out[n] = p;
      n += holds(keys[p]) ^ flip;
    }
    return n;
  }
}
