package io.frazil.engine.arrow;

import org.jspecify.annotations.Nullable;

/// Appends bits to bitmaps, a word at a time. Bits behind the last that was appended are clear.
final class Bits {
  private Bits() {}

  /// Appends `count` set bits behind the first `at`.
  static void appendSet(long[] into, int at, int count) {
    for (int done = 0; done < count; ) {
      int bits = inWord(at + done, count - done);
      put(into, at + done, -1L >>> (Long.SIZE - bits));
      done += bits;
    }
  }

  /// Appends the bits at `positions[from]` to `positions[from + count - 1]`; without positions,
  /// those from `from` on.
  ///
  /// @return how many of them are set
  static int append(
      long[] source, int @Nullable [] positions, int from, int count, long[] into, int at) {
    int set = 0;
    for (int done = 0; done < count; ) {
      int bits = inWord(at + done, count - done);
      long word =
          positions == null
              ? slice(source, from + done, bits)
              : gather(source, positions, from + done, bits);
      put(into, at + done, word);
      set += Long.bitCount(word);
      done += bits;
    }
    return set;
  }

  /// The same of booleans of a byte each.
  static void append(
      byte[] source, int @Nullable [] positions, int from, int count, long[] into, int at) {
    for (int done = 0; done < count; ) {
      int bits = inWord(at + done, count - done);
      long word =
          positions == null
              ? pack(source, from + done, bits)
              : gather(source, positions, from + done, bits);
      put(into, at + done, word);
      done += bits;
    }
  }

  /// How many of `count` bits from `at` on lie in its word.
  private static int inWord(int at, int count) {
    return Math.min(count, Long.SIZE - (at & (Long.SIZE - 1)));
  }

  private static void put(long[] into, int at, long bits) {
    int word = at >>> 6;
    into[word] = (into[word] & ((1L << at) - 1)) | bits << at;
  }

  private static long slice(long[] source, int from, int count) {
    int word = from >>> 6;
    int shift = from & (Long.SIZE - 1);
    long bits = source[word] >>> shift;
    if (shift + count > Long.SIZE) {
      bits |= source[word + 1] << (Long.SIZE - shift);
    }
    return bits & (-1L >>> (Long.SIZE - count));
  }

  private static long gather(long[] source, int[] positions, int from, int count) {
    long bits = 0;
    for (int i = 0; i < count; i++) {
      int position = positions[from + i];
      bits |= (source[position >>> 6] >>> position & 1L) << i;
    }
    return bits;
  }

  private static long pack(byte[] source, int from, int count) {
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= (long) source[from + i] << i;
    }
    return bits;
  }

  private static long gather(byte[] source, int[] positions, int from, int count) {
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= (long) source[positions[from + i]] << i;
    }
    return bits;
  }
}
