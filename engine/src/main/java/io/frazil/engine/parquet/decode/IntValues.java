package io.frazil.engine.parquet.decode;

import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Values of an `int` each.
final class IntValues extends Values {
  final int[] values;

  IntValues(int capacity) {
    this.values = new int[capacity];
  }

  @Override
  void spread(long[] validity, int at, int count, int present) {
    Spread.ints(values, validity, at, count, present);
  }

  @Override
  void gather(Values dictionary, int[] ids, int at, int count) {
    int[] entries = ((IntValues) dictionary).values;
    for (int i = 0; i < count; i++) {
      values[at + i] = entries[ids[i]];
    }
  }

  @Override
  void copy(Values from, int[] rows, int first, int base, int at, int count) {
    int[] source = ((IntValues) from).values;
    for (int i = 0; i < count; i++) {
      values[at + i] = source[rows[first + i] - base];
    }
  }

  @Override
  void zeroNulls(long[] validity, int length) {
    Nulls.ints(values, validity, length);
  }

  @Override
  Vector vector(DataType type, int length, long @Nullable [] validity) {
    return new IntVector(type, values, length, validity);
  }
}
