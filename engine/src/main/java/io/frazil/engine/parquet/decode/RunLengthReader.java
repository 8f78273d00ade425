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
    DamagedPage.check(width >= 0 && width <= 31, "values wider than 31 bits");
    DamagedPage.check(position <= end, "runs end before they begin");
    this.bytes = bytes;
    this.position = position;
    this.end = end;
    this.width = width;
    this.left = 0;
  }

  /// The next `count` values, all of which have to be below `limit`.
  void read(int[] out, int at, int count, int limit) {
    int to = at;
    int stop = at + count;
    while (to < stop) {
      int take = ready(stop - to);
      if (packed) {
        BitUnpacker.unpack(bytes, packedStart, packedIndex, width, out, to, take);
        packedIndex += take;
      } else {
        repeat(runValue, out, to, take);
      }
      to += take;
      left -= take;
    }
    checkBelow(limit, out, at, count);
  }

  /// Runs are often short, and where they end is hard to foresee: the first sixteen values are
  /// written anyway, and beyond the end where there is room, as what follows is written later.
  private static void repeat(int value, int[] out, int at, int count) {
    if (at + 16 > out.length) {
      Arrays.fill(out, at, at + count, value);
      return;
    }
    for (int i = 0; i < 16; i++) {
      out[at + i] = value;
    }
    if (count > 16) {
      Arrays.fill(out, at + 16, at + count, value);
    }
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
    packed = (header & 1) != 0 && width > 0;
    if (packed) {
      beginPacked(header >>> 1);
    } else {
      beginRepeated((header & 1) == 0 ? header >>> 1 : (int) groupValues(header >>> 1));
    }
  }

  private static long groupValues(int groups) {
    return Math.min(groups * 8L, Integer.MAX_VALUE);
  }

  private void beginPacked(int groups) {
    int available = end - position;
    long size = (long) groups * width;
    packedStart = position;
    packedIndex = 0;
    if (size <= available) {
      left = (int) groupValues(groups);
      position += (int) size;
    } else {
      // Some writers cut the last group short.
      left = (int) Math.min(groupValues(groups), available * 8L / width);
      position = end;
    }
  }

  private void beginRepeated(int count) {
    left = count;
    int value = 0;
    for (int shift = 0; shift < width; shift += 8) {
      value |= nextByte() << shift;
    }
    DamagedPage.check(value >>> width == 0, "a run of values that are wider than their width");
    runValue = value;
  }

  private int varint() {
    int value = nextByte();
    if (value < 0x80) {
      return value;
    }
    value &= 0x7F;
    for (int shift = 7; shift < 35; shift += 7) {
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

  /// Looks at all at once, as only the sign of the differences matters: that is a loop that the
  /// compiler vectorizes, which it does not do to one for the greatest.
  private static void checkBelow(int limit, int[] values, int from, int count) {
    int last = limit - 1;
    int sign = 0;
    for (int i = from; i < from + count; i++) {
      sign |= last - values[i];
    }
    DamagedPage.check(sign >= 0, "an id is beyond its dictionary");
  }
}
