package io.frazil.engine.parquet.decode;

import java.util.Arrays;

/// DELTA_BINARY_PACKED, wherever it stands: as values, or as the lengths of byte arrays.
///
/// ```
/// data  := varint(block size) varint(miniblocks a block) varint(count) zigzag(first) block*
/// block := zigzag(least delta) width{miniblocks} miniblock{miniblocks}
/// ```
///
/// A value is the one before plus the block's least delta plus what its miniblock holds for it.
final class DeltaReader {
  /// More than any writer puts into one; bounds what a file can make us allocate.
  private static final int MAX_MINIBLOCK = 1 << 16;

  private byte[] bytes = {};
  private int position;
  private int end;
  private int miniblockSize;
  private int miniblocks;
  private long last;
  private long leastDelta;
  private int left;
  private boolean first;
  private int widths;
  private int miniblock;
  private long[] deltas = {};
  private int delta;

  /// Begins with the header at `position`.
  void init(byte[] bytes, int position, int end) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
    long blockSize = varint();
    long perBlock = varint();
    long count = varint();
    last = zigzag();
    DamagedPage.check(
        perBlock > 0 && blockSize > 0 && blockSize % perBlock == 0, "delta blocks of odd sizes");
    long size = blockSize / perBlock;
    DamagedPage.check(
        size % 32 == 0 && size <= MAX_MINIBLOCK && perBlock <= MAX_MINIBLOCK,
        "delta miniblocks of an odd size");
    DamagedPage.check(count >= 0 && count <= Integer.MAX_VALUE, "a negative count");
    miniblockSize = (int) size;
    miniblocks = (int) perBlock;
    left = (int) count;
    first = true;
    miniblock = miniblocks;
    delta = miniblockSize;
    if (deltas.length < miniblockSize) {
      deltas = new long[miniblockSize];
    }
  }

  /// How many values are left.
  int left() {
    return left;
  }

  void read(long[] out, int at, int count) {
    DamagedPage.check(count <= left, "delta values end too early");
    left -= count;
    int to = at;
    int missing = count;
    if (first && missing > 0) {
      first = false;
      out[to++] = last;
      missing--;
    }
    while (missing > 0) {
      if (delta == miniblockSize) {
        nextMiniblock();
      }
      int take = Math.min(missing, miniblockSize - delta);
      last = sums(deltas, delta, leastDelta, last, out, to, take);
      delta += take;
      to += take;
      missing -= take;
    }
  }

  /// The byte behind the last value, once all were read.
  int finish() {
    DamagedPage.check(left == 0, "delta values are left over");
    if (left == 0 && miniblock < miniblocks) {
      // Miniblocks that hold no value have a width but no bytes.
      miniblock = miniblocks;
    }
    return position;
  }

  private static long sums(
      long[] deltas, int from, long least, long start, long[] out, int at, int count) {
    long sum = start;
    for (int i = 0; i < count; i++) {
      sum += deltas[from + i] + least;
      out[at + i] = sum;
    }
    return sum;
  }

  private void nextMiniblock() {
    if (miniblock == miniblocks) {
      leastDelta = zigzag();
      widths = position;
      DamagedPage.check(end - position >= miniblocks, "a delta block ends too early");
      position += miniblocks;
      miniblock = 0;
    }
    int width = bytes[widths + miniblock++] & 0xFF;
    DamagedPage.check(width <= 64, "deltas wider than 64 bits");
    int size = miniblockSize / 8 * width;
    // The last miniblock may be cut off behind the last value.
    int available = Math.min(size, end - position);
    int held = width == 0 ? miniblockSize : (int) (available * 8L / width);
    DamagedPage.check(held > 0, "a delta miniblock ends too early");
    if (width == 0) {
      Arrays.fill(deltas, 0, miniblockSize, 0L);
    } else {
      BitUnpacker.unpack(bytes, position, 0, width, deltas, 0, Math.min(held, miniblockSize));
    }
    position += available;
    delta = 0;
  }

  private long zigzag() {
    long value = varint();
    return value >>> 1 ^ -(value & 1);
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
      DamagedPage.check(position < end, "a delta header ends too early");
      long next = bytes[position++];
      value |= (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new DamagedPage("a number is longer than ten bytes");
  }
}
