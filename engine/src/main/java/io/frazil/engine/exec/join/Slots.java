package io.frazil.engine.exec.join;

/// Where open addressing begins.
final class Slots {
  /// 2^64 over the golden ratio, and another odd number with half of its bits set.
  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private static final long SECOND_FACTOR = 0xD6E8FEB86659FD93L;

  private Slots() {}

  /// The logarithm of the number of slots for so many rows: at least two a row.
  static int bits(int rows) {
    return Math.clamp(65 - Long.numberOfLeadingZeros(Math.max(1, rows - 1L)), 4, 29);
  }

  /// The first slot of a key among 2^(64 - shift). One product alone would lay keys that are evenly
  /// spaced in long clusters.
  static int first(long key, int shift) {
    long product = key * FACTOR;
    return (int) (((product ^ product >>> 32) * SECOND_FACTOR) >>> shift);
  }

  /// What is in the first slots of many keys, as far as this thread has seen: their loads overlap
  /// here, which they don't where slots are taken one by one.
  ///
  /// @param width how many longs a slot has, the last of which is 0 while it is free
  static long[] load(long[] slots, long[] keys, int count, int shift, int width) {
    long[] seen = new long[count];
    for (int i = 0; i < count; i++) {
      seen[i] = slots[first(keys[i], shift) * width + width - 1];
    }
    return seen;
  }
}
