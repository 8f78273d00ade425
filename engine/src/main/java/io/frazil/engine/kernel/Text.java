package io.frazil.engine.kernel;

import io.frazil.engine.vector.StringVector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// UTF-8 in byte arrays: order, characters, search.
public final class Text {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long TOPS = 0x8080808080808080L;

  private Text() {}

  /// By unsigned bytes, which is by code points.
  public static int compare(StringVector a, int i, StringVector b, int j) {
    int aStart = a.starts()[i];
    int bStart = b.starts()[j];
    return Arrays.compareUnsigned(
        a.bytes(), aStart, aStart + a.lengths()[i], b.bytes(), bStart, bStart + b.lengths()[j]);
  }

  public static boolean equal(StringVector a, int i, StringVector b, int j) {
    int length = a.lengths()[i];
    return length == b.lengths()[j]
        && equal(a.bytes(), a.starts()[i], b.bytes(), b.starts()[j], length);
  }

  public static boolean equal(byte[] a, int aStart, byte[] b, int bStart, int length) {
    return Arrays.equals(a, aStart, aStart + length, b, bStart, bStart + length);
  }

  /// Whether no byte is part of a longer character.
  public static boolean isAscii(byte[] bytes, int start, int length) {
    int end = start + length;
    int i = start;
    for (; i + 8 <= end; i += 8) {
      if (((long) LONGS.get(bytes, i) & TOPS) != 0) {
        return false;
      }
    }
    int rest = 0;
    for (; i < end; i++) {
      rest |= bytes[i];
    }
    return rest >= 0;
  }

  /// How many characters (code points).
  public static int characters(byte[] bytes, int start, int length) {
    int end = start + length;
    int continued = 0;
    int i = start;
    for (; i + 8 <= end; i += 8) {
      long word = (long) LONGS.get(bytes, i);
      continued += Long.bitCount(word & TOPS & ~(word << 1));
    }
    for (; i < end; i++) {
      continued += isContinued(bytes[i]) ? 1 : 0;
    }
    return length - continued;
  }

  /// Where the character `characters` after the one at `at` begins, or `end` where there are fewer.
  public static int skip(byte[] bytes, int at, int end, int characters) {
    int i = at;
    for (int left = characters; left > 0 && i < end; left--) {
      i++;
      while (i < end && isContinued(bytes[i])) {
        i++;
      }
    }
    return i;
  }

  /// Where the character `characters` before `end` begins, or -1 where there are fewer after
  /// `start`.
  public static int skipBack(byte[] bytes, int start, int end, int characters) {
    int i = end;
    for (int left = characters; left > 0; left--) {
      if (i <= start) {
        return -1;
      }
      i--;
      while (i > start && isContinued(bytes[i])) {
        i--;
      }
    }
    return i;
  }

  /// Whether a byte is one of a character's other than its first.
  public static boolean isContinued(byte b) {
    return (b & 0xC0) == 0x80;
  }

  /// The first place in `[from, end)` where `needle` stands whole, or -1.
  ///
  /// Looks for its first and last byte eight places at a time (Muła's generic search, in a long).
  public static int find(byte[] bytes, int from, int end, byte[] needle) {
    if (needle.length == 0) {
      return from;
    }
    int lastOffset = needle.length - 1;
    long first = (needle[0] & 0xFF) * ONES;
    long last = (needle[lastOffset] & 0xFF) * ONES;
    int stop = end - lastOffset;
    int i = from;
    // The last eight places may overlap those before, where nothing was found.
    for (; i < stop && stop - from >= 8; i = i + 8 >= stop ? stop : Math.min(i + 8, stop - 8)) {
      long unequal =
          ((long) LONGS.get(bytes, i) ^ first) | ((long) LONGS.get(bytes, i + lastOffset) ^ last);
      long candidates = (unequal - ONES) & ~unequal & TOPS;
      for (; candidates != 0; candidates &= candidates - 1) {
        int at = i + (Long.numberOfTrailingZeros(candidates) >>> 3);
        if (equal(bytes, at, needle, 0, needle.length)) {
          return at;
        }
      }
    }
    for (; i < stop; i++) {
      if (bytes[i] == needle[0] && equal(bytes, i, needle, 0, needle.length)) {
        return i;
      }
    }
    return -1;
  }
}
