package io.frazil.engine.parquet.decode;

import static io.frazil.engine.parquet.decode.LittleEndian.longAt;

/// Values of equal width, packed from the least significant bit on.
///
/// Eight values take exactly `width` bytes, so groups of eight begin at whole bytes and can be
/// taken apart by shifts that are the same for each group. The loops differ in how many values one
/// load of eight bytes holds for certain; up to [LittleEndian#PADDING] bytes behind are read.
final class BitUnpacker {
  private BitUnpacker() {}

  /// Values `from` to `from + count` of those packed from byte `start` on.
  ///
  /// @param width 1 to 32
  static void unpack(byte[] in, int start, int from, int width, int[] out, int at, int count) {
    int head = Math.min(count, -from & 7);
    single(in, start, from, width, out, at, head);
    int groups = (count - head) >>> 3;
    int position = start + (int) (((long) (from + head) * width) >>> 3);
    if (width <= 8) {
      groupsOfOneLoad(in, position, width, out, at + head, groups);
    } else if (width <= 16) {
      groupsOfTwoLoads(in, position, width, out, at + head, groups);
    } else if (width <= 28) {
      groupsOfFourLoads(in, position, width, out, at + head, groups);
    } else {
      single(in, start, from + head, width, out, at + head, groups << 3);
    }
    int done = head + (groups << 3);
    single(in, start, from + done, width, out, at + done, count - done);
  }

  private static void single(
      byte[] in, int start, int from, int width, int[] out, int at, int count) {
    long mask = (1L << width) - 1;
    long bit = ((long) start << 3) + (long) from * width;
    for (int i = 0; i < count; i++) {
      out[at + i] = (int) ((longAt(in, (int) (bit >>> 3)) >>> (bit & 7)) & mask);
      bit += width;
    }
  }

  private static void groupsOfOneLoad(
      byte[] in, int start, int width, int[] out, int at, int groups) {
    int mask = (1 << width) - 1;
    int position = start;
    int to = at;
    for (int g = 0; g < groups; g++) {
      long word = longAt(in, position);
      out[to] = (int) word & mask;
      out[to + 1] = (int) (word >>> width) & mask;
      out[to + 2] = (int) (word >>> (2 * width)) & mask;
      out[to + 3] = (int) (word >>> (3 * width)) & mask;
      out[to + 4] = (int) (word >>> (4 * width)) & mask;
      out[to + 5] = (int) (word >>> (5 * width)) & mask;
      out[to + 6] = (int) (word >>> (6 * width)) & mask;
      out[to + 7] = (int) (word >>> (7 * width)) & mask;
      position += width;
      to += 8;
    }
  }

  private static void groupsOfTwoLoads(
      byte[] in, int start, int width, int[] out, int at, int groups) {
    int mask = (1 << width) - 1;
    int half = width >>> 1;
    int halfShift = (4 * width) & 7;
    int position = start;
    int to = at;
    for (int g = 0; g < groups; g++) {
      long low = longAt(in, position);
      long high = longAt(in, position + half) >>> halfShift;
      out[to] = (int) low & mask;
      out[to + 1] = (int) (low >>> width) & mask;
      out[to + 2] = (int) (low >>> (2 * width)) & mask;
      out[to + 3] = (int) (low >>> (3 * width)) & mask;
      out[to + 4] = (int) high & mask;
      out[to + 5] = (int) (high >>> width) & mask;
      out[to + 6] = (int) (high >>> (2 * width)) & mask;
      out[to + 7] = (int) (high >>> (3 * width)) & mask;
      position += width;
      to += 8;
    }
  }

  private static void groupsOfFourLoads(
      byte[] in, int start, int width, int[] out, int at, int groups) {
    int mask = (1 << width) - 1;
    int position = start;
    int to = at;
    for (int g = 0; g < groups; g++) {
      for (int pair = 0; pair < 4; pair++) {
        int bit = 2 * pair * width;
        long word = longAt(in, position + (bit >>> 3)) >>> (bit & 7);
        out[to + 2 * pair] = (int) word & mask;
        out[to + 2 * pair + 1] = (int) (word >>> width) & mask;
      }
      position += width;
      to += 8;
    }
  }

  /// The same for up to 64 bits a value.
  static void unpack(byte[] in, int start, int from, int width, long[] out, int at, int count) {
    long mask = width == 64 ? -1L : (1L << width) - 1;
    long bit = ((long) start << 3) + (long) from * width;
    if (width <= 56) {
      for (int i = 0; i < count; i++) {
        out[at + i] = (longAt(in, (int) (bit >>> 3)) >>> (bit & 7)) & mask;
        bit += width;
      }
    } else {
      for (int i = 0; i < count; i++) {
        int position = (int) (bit >>> 3);
        int shift = (int) (bit & 7);
        long low = longAt(in, position) >>> shift;
        long high = (in[position + 8] & 0xFFL) << 1 << (63 - shift);
        out[at + i] = (low | high) & mask;
        bit += width;
      }
    }
  }

  /// `count` bits from bit `from` on into a bitmap; says how many of them are set.
  static int copyBits(byte[] in, int start, int from, long[] bitmap, int at, int count) {
    long bit = ((long) start << 3) + from;
    int to = at;
    int left = count;
    int ones = 0;
    while (left > 0) {
      int shift = to & 63;
      int take = Math.min(Math.min(left, 64 - shift), 56);
      long mask = (1L << take) - 1;
      long word = (longAt(in, (int) (bit >>> 3)) >>> (bit & 7)) & mask;
      int slot = to >>> 6;
      bitmap[slot] = (bitmap[slot] & ~(mask << shift)) | (word << shift);
      ones += Long.bitCount(word);
      bit += take;
      to += take;
      left -= take;
    }
    return ones;
  }
}
