package io.frazil.engine.parquet.decode;

import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Values of a `long` each.
final class LongValues extends Values {
  final long[] values;

  LongValues(int capacity) {
    this.values = new long[capacity];
  }

  @Override
  void spread(long[] validity, int at, int count, int present) {
    Spread.longs(values, validity, at, count, present);
  }

  @Override
  void gather(Values dictionary, int[] ids, int at, int count) {
    long[] entries = ((LongValues) dictionary).values;
    for (int i = 0; i < count; i++) {
      values[at + i] = entries[ids[i]];
    }
  }

  @Override
  void copy(Values from, int[] rows, int first, int base, int at, int count) {
    long[] source = ((LongValues) from).values;
    for (int i = 0; i < count; i++) {
      values[at + i] = source[rows[first + i] - base];
    }
  }

  @Override
  void zeroNulls(long[] validity, int length) {
    Nulls.longs(values, validity, length);
  }

  @Override
  Vector vector(DataType type, int length, long @Nullable [] validity) {
    return new LongVector(type, values, length, validity);
  }
}
