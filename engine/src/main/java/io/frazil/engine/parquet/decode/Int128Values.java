package io.frazil.engine.parquet.decode;

import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Decimals of more digits than a long holds; their vector is one of longs wherever all of them
/// happen to fit.
final class Int128Values extends Values {
  final long[] high;
  final long[] low;

  Int128Values(int capacity) {
    this.high = new long[capacity];
    this.low = new long[capacity];
  }

  @Override
  void spread(long[] validity, int at, int count, int present) {
    Spread.longs(high, validity, at, count, present);
    Spread.longs(low, validity, at, count, present);
  }

  @Override
  void gather(Values dictionary, int[] ids, int at, int count) {
    var entries = (Int128Values) dictionary;
    for (int i = 0; i < count; i++) {
      high[at + i] = entries.high[ids[i]];
      low[at + i] = entries.low[ids[i]];
    }
  }

  @Override
  void copy(Values from, int[] rows, int first, int base, int at, int count) {
    var source = (Int128Values) from;
    for (int i = 0; i < count; i++) {
      int row = rows[first + i] - base;
      high[at + i] = source.high[row];
      low[at + i] = source.low[row];
    }
  }

  @Override
  void zeroNulls(long[] validity, int length) {
    Nulls.longs(high, validity, length);
    Nulls.longs(low, validity, length);
  }

  @Override
  Vector vector(DataType type, int length, long @Nullable [] validity) {
    return fitsLongs(length)
        ? new LongVector(type, low, length, validity)
        : new Int128Vector(type, high, low, length, validity);
  }

  boolean fitsLongs(int length) {
    long beyond = 0;
    for (int i = 0; i < length; i++) {
      beyond |= high[i] ^ low[i] >> 63;
    }
    return beyond == 0;
  }
}
