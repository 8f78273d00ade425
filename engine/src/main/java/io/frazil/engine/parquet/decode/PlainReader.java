package io.frazil.engine.parquet.decode;

import static io.frazil.engine.parquet.decode.LittleEndian.floatAt;
import static io.frazil.engine.parquet.decode.LittleEndian.intAt;

/// PLAIN: numbers in little-endian order, booleans as bits, byte arrays after their length in four
/// bytes, byte arrays of fixed length without.
final class PlainReader extends ValueReader {
  /// How many bits a value takes, or 0 where each says so itself.
  private final int width;

  private byte[] bytes = {};
  private int position;
  private int end;
  private int bit;

  /// @param width bits a value, 0 for byte arrays with lengths
  PlainReader(int width) {
    this.width = width;
  }

  @Override
  void init(byte[] bytes, int position, int end, int count) {
    this.bytes = bytes;
    this.position = position;
    this.end = end;
    this.bit = 0;
  }

  @Override
  void read(Values out, int at, int count) {
    switch (out) {
      case IntValues ints -> {
        int from = take(count);
        LittleEndian.copyInts(bytes, from, ints.values, at, count);
      }
      case LongValues longs -> {
        int from = take(count);
        LittleEndian.copyLongs(bytes, from, longs.values, at, count);
      }
      case DoubleValues doubles -> {
        int from = take(count);
        if (width == 32) {
          floats(bytes, from, doubles.values, at, count);
        } else {
          LittleEndian.copyDoubles(bytes, from, doubles.values, at, count);
        }
      }
      case BooleanValues booleans -> {
        int from = bit;
        takeBits(count);
        bits(bytes, position, from, booleans.values, at, count);
      }
      case StringValues strings -> {
        if (width > 0) {
          fixedStrings(take(count), width >>> 3, strings, at, count);
        } else {
          strings(strings, at, count);
        }
        strings.adopt(bytes, at, count);
      }
      case Int128Values _ -> throw new IllegalArgumentException("no plain values have 128 bits");
    }
  }

  @Override
  void skip(int count) {
    if (width == 1) {
      takeBits(count);
    } else if (width > 0) {
      take(count);
    } else {
      skipStrings(count);
    }
  }

  /// Where the next `count` values of whole bytes begin, and goes behind them.
  private int take(int count) {
    int from = position;
    long size = (long) count * (width >>> 3);
    DamagedPage.check(size <= end - from, "plain values end too early");
    position += (int) size;
    return from;
  }

  private void takeBits(int count) {
    DamagedPage.check((long) bit + count <= (end - position) * 8L, "plain booleans end too early");
    bit += count;
  }

  private static void floats(byte[] in, int from, double[] out, int at, int count) {
    for (int i = 0; i < count; i++) {
      out[at + i] = floatAt(in, from + 4 * i);
    }
  }

  private static void bits(byte[] in, int start, int from, byte[] out, int at, int count) {
    for (int i = 0; i < count; i++) {
      int bit = from + i;
      out[at + i] = (byte) (in[start + (bit >>> 3)] >>> (bit & 7) & 1);
    }
  }

  private static void fixedStrings(int from, int size, StringValues out, int at, int count) {
    for (int i = 0; i < count; i++) {
      out.starts[at + i] = from + i * size;
      out.lengths[at + i] = size;
    }
  }

  private void strings(StringValues out, int at, int count) {
    int[] starts = out.starts;
    int[] lengths = out.lengths;
    int next = position;
    int last = end - 4;
    for (int i = 0; i < count; i++) {
      DamagedPage.check(next <= last, "plain byte arrays end too early");
      int length = intAt(bytes, next);
      next += 4;
      DamagedPage.check(length >= 0 && length <= end - next, "a byte array leaves its page");
      starts[at + i] = next;
      lengths[at + i] = length;
      next += length;
    }
    position = next;
  }

  private void skipStrings(int count) {
    int next = position;
    int last = end - 4;
    for (int i = 0; i < count; i++) {
      DamagedPage.check(next <= last, "plain byte arrays end too early");
      int length = intAt(bytes, next);
      next += 4;
      DamagedPage.check(length >= 0 && length <= end - next, "a byte array leaves its page");
      next += length;
    }
    position = next;
  }
}
