package io.frazil.engine.vector;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Validity bitmaps: one bit a value, least significant first in little-endian words, as Arrow has
/// them. Bits behind the length mean nothing, and nothing here looks at them.
public final class Bitmap {
  private Bitmap() {}

  /// How many words hold `bits` bits.
  public static int words(int bits) {
    return (bits + 63) >>> 6;
  }

  public static boolean get(long[] bitmap, int bit) {
    return (bitmap[bit >>> 6] >>> bit & 1) != 0;
  }

  public static void set(long[] bitmap, int bit) {
    bitmap[bit >>> 6] |= 1L << bit;
  }

  public static void clear(long[] bitmap, int bit) {
    bitmap[bit >>> 6] &= ~(1L << bit);
  }

  /// A bitmap of `bits` bits, all set.
  public static long[] allSet(int bits) {
    long[] bitmap = new long[words(bits)];
    Arrays.fill(bitmap, -1L);
    return bitmap;
  }

  /// How many of the first `bits` bits are set.
  public static int count(long[] bitmap, int bits) {
    int count = 0;
    int whole = bits >>> 6;
    for (int i = 0; i < whole; i++) {
      count += Long.bitCount(bitmap[i]);
    }
    int rest = bits & 63;
    return rest == 0 ? count : count + Long.bitCount(bitmap[whole] & ((1L << rest) - 1));
  }

  /// Valid where both are; null (all valid) where neither has a bitmap. May return an argument.
  public static long @Nullable [] and(long @Nullable [] left, long @Nullable [] right, int bits) {
    if (left == null || left == right) {
      return right;
    }
    if (right == null) {
      return left;
    }
    long[] both = new long[words(bits)];
    for (int i = 0; i < both.length; i++) {
      both[i] = left[i] & right[i];
    }
    return both;
  }
}
