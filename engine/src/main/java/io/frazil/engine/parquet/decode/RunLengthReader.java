package io.frazil.engine.parquet.decode;

import java.util.Arrays;

/// Parquet's hybrid of runs and packed values, for levels and dictionary ids:
///
/// ```
/// data   := run*
/// run    := varint(count << 1) value            value in ceil(width / 8) bytes
///         | varint(groups << 1 | 1) packed      groups * 8 values of width bits
/// ```
final class RunLengthReader {
  private byte[] bytes = {};
  private int position;
  private int end;
  private int width;
  private int left;
  private boolean packed;
  private int runValue;
  private int packedStart;
  private int packedIndex;

  /// Begins with the runs in `position` to `end`.
  void init(byte[] bytes, int position, int end, int width) {
    DamagedPage.check(width >= 0 && width <= 31, "a bit width of " + width);
    DamagedPage.check(position <= end, "runs end before they begin");
    this.bytes = bytes;
    this.position = position;
    this.end = end;
    this.width = width;
    this.left = 0;
  }

  /// The next `count` values.
  ///
  /// @return the largest of them, or more
  int read(int[] out, int at, int count) {
    int to = at;
    int max = 0;
    int missing = count;
    while (missing > 0) {
      int take = ready(missing);
      if (packed) {
        BitUnpacker.unpack(bytes, packedStart, packedIndex, width, out, to, take);
        max = Math.max(max, max(out, to, take));
        packedIndex += take;
      } else {
        Arrays.fill(out, to, to + take, runValue);
        max = Math.max(max, runValue);
      }
      to += take;
      missing -= take;
      left -= take;
    }
    return max;
  }

  /// The next `count` values of width 1 as bits; says how many of them are set.
  int readBits(long[] bitmap, int at, int count) {
    int to = at;
    int ones = 0;
    int missing = count;
    while (missing > 0) {
      int take = ready(missing);
      if (packed) {
        ones += BitUnpacker.copyBits(bytes, packedStart, packedIndex, bitmap, to, take);
        packedIndex += take;
      } else {
        Bits.fill(bitmap, to, take, runValue == 1);
        ones += runValue == 1 ? take : 0;
      }
      to += take;
      missing -= take;
      left -= take;
    }
    return ones;
  }

  void skip(int count) {
    int missing = count;
    while (missing > 0) {
      int take = ready(missing);
      packedIndex += take;
      missing -= take;
      left -= take;
    }
  }

  /// How many of `count` values the current run has, after going to the next if it has none.
  private int ready(int count) {
    while (left == 0) {
      nextRun();
    }
    return Math.min(count, left);
  }

  private void nextRun() {
    if (width == 0 && position >= end) {
      // A width of nothing may leave out the runs altogether.
      packed = false;
      runValue = 0;
      left = Integer.MAX_VALUE;
      return;
    }
    int header = varint();
    packed = (header & 1) != 0;
    if (packed) {
      int available = end - position;
      long count = (header >>> 1) * 8L;
      // Some writers cut the last group short.
      long held = width == 0 ? Integer.MAX_VALUE : available * 8L / width;
      left = (int) Math.min(count, Math.min(held, Integer.MAX_VALUE));
      packedStart = position;
      packedIndex = 0;
      position += (int) Math.min(available, (header >>> 1) * (long) width);
      if (width == 0) {
        packed = false;
        runValue = 0;
      }
    } else {
      left = header >>> 1;
      runValue = 0;
      for (int shift = 0; shift < width; shift += 8) {
        runValue |= nextByte() << shift;
      }
      DamagedPage.check(runValue >>> width == 0, "a run of values wider than " + width + " bits");
    }
  }

  private int varint() {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = nextByte();
      value |= (next & 0x7F) << shift;
      if (next < 0x80) {
        return value;
      }
    }
    throw new DamagedPage("a run's header is longer than five bytes");
  }

  private int nextByte() {
    DamagedPage.check(position < end, "runs end too early");
    return bytes[position++] & 0xFF;
  }

  private static int max(int[] values, int from, int count) {
    int max = 0;
    for (int i = from; i < from + count; i++) {
      max = Math.max(max, values[i]);
    }
    return max;
  }
}
