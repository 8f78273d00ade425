package io.frazil.engine.parquet.decode;

/// Ranges of validity bitmaps.
final class Bits {
  private Bits() {}

  /// Sets or clears `count` bits from `at` on.
  static void fill(long[] bitmap, int at, int count, boolean value) {
    int to = at;
    int left = count;
    while (left > 0) {
      int shift = to & 63;
      int take = Math.min(left, 64 - shift);
      long mask = (take == 64 ? -1L : (1L << take) - 1) << shift;
      if (value) {
        bitmap[to >>> 6] |= mask;
      } else {
        bitmap[to >>> 6] &= ~mask;
      }
      to += take;
      left -= take;
    }
  }

  /// Bits `selection[from + i] - base` of one bitmap become bits `at + i` of another. Says how many
  /// of them are set.
  static int gather(long[] in, int[] selection, int from, int base, int count, long[] out, int at) {
    int ones = 0;
    for (int i = 0; i < count; i++) {
      int row = selection[from + i] - base;
      long bit = (in[row >>> 6] >>> row) & 1;
      int to = at + i;
      out[to >>> 6] = (out[to >>> 6] & ~(1L << to)) | (bit << to);
      ones += (int) bit;
    }
    return ones;
  }
}
