package io.frazil.engine.parquet.decode;

import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Floats and doubles, as doubles.
final class DoubleValues extends Values {
  final double[] values;

  DoubleValues(int capacity) {
    this.values = new double[capacity];
  }

  @Override
  void spread(long[] validity, int at, int count, int present) {
    Spread.doubles(values, validity, at, count, present);
  }

  @Override
  void gather(Values dictionary, int[] ids, int at, int count) {
    double[] entries = ((DoubleValues) dictionary).values;
    for (int i = 0; i < count; i++) {
      values[at + i] = entries[ids[i]];
    }
  }

  @Override
  void copy(Values from, int[] rows, int first, int base, int at, int count) {
    double[] source = ((DoubleValues) from).values;
    for (int i = 0; i < count; i++) {
      values[at + i] = source[rows[first + i] - base];
    }
  }

  @Override
  void zeroNulls(long[] validity, int length) {
    Nulls.doubles(values, validity, length);
  }

  @Override
  Vector vector(DataType type, int length, long @Nullable [] validity) {
    return new DoubleVector(type, values, length, validity);
  }
}
