package io.frazil.engine.parquet.decode;

import static io.frazil.engine.parquet.decode.LittleEndian.intAt;
import static io.frazil.engine.parquet.decode.LittleEndian.longAt;

/// BYTE_STREAM_SPLIT: all first bytes of the values, then all second ones, and so on.
final class ByteStreamSplitReader extends ValueReader {
  private final int size;
  private final Scratch scratch;
  private byte[] bytes = {};
  private int position;
  private int stride;
  private int next;
  private byte[] joined = {};

  /// @param size how many bytes a value has
  ByteStreamSplitReader(int size, Scratch scratch) {
    this.size = size;
    this.scratch = scratch;
  }

  @Override
  void init(byte[] bytes, int position, int end, int count) {
    DamagedPage.check((end - position) % size == 0, "streams of bytes are not of the same length");
    this.bytes = bytes;
    this.position = position;
    this.stride = (end - position) / size;
    this.next = 0;
  }

  @Override
  void read(Values out, int at, int count) {
    DamagedPage.check(count <= stride - next, "streams of bytes end too early");
    if (out instanceof StringValues strings) {
      // Views of the read before are still into this array unless they were copied out of it.
      strings.detach(joined, at);
    }
    joined = scratch.sized(joined, (long) count * size);
    for (int b = 0; b < size; b++) {
      join(bytes, position + b * stride + next, joined, b, size, count);
    }
    next += count;
    switch (out) {
      case IntValues ints -> LittleEndian.copyInts(joined, 0, ints.values, at, count);
      case LongValues longs -> LittleEndian.copyLongs(joined, 0, longs.values, at, count);
      case DoubleValues doubles -> doubles(doubles.values, at, count);
      case StringValues strings -> {
        for (int i = 0; i < count; i++) {
          strings.starts[at + i] = i * size;
          strings.lengths[at + i] = size;
        }
        strings.adopt(joined, at, count);
      }
      case BooleanValues _, Int128Values _ ->
          throw new IllegalArgumentException("values of bits have no streams of bytes");
    }
  }

  @Override
  boolean viewsLast() {
    return false;
  }

  @Override
  void skip(int count) {
    DamagedPage.check(count <= stride - next, "streams of bytes end too early");
    next += count;
  }

  private static void join(byte[] in, int from, byte[] out, int first, int size, int count) {
    for (int i = 0; i < count; i++) {
      out[first + i * size] = in[from + i];
    }
  }

  private void doubles(double[] out, int at, int count) {
    for (int i = 0; i < count; i++) {
      out[at + i] =
          size == 4
              ? Float.intBitsToFloat(intAt(joined, 4 * i))
              : Double.longBitsToDouble(longAt(joined, 8 * i));
    }
  }
}
