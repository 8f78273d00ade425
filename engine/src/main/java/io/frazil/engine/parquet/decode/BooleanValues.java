package io.frazil.engine.parquet.decode;

import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Booleans, a byte each.
final class BooleanValues extends Values {
  final byte[] values;

  BooleanValues(int capacity) {
    this.values = new byte[capacity];
  }

  @Override
  void spread(long[] validity, int at, int count, int present) {
    Spread.bytes(values, validity, at, count, present);
  }

  @Override
  void gather(Values dictionary, int[] ids, int at, int count) {
    byte[] entries = ((BooleanValues) dictionary).values;
    for (int i = 0; i < count; i++) {
      values[at + i] = entries[ids[i]];
    }
  }

  @Override
  void copy(Values from, int[] rows, int first, int base, int at, int count) {
    byte[] source = ((BooleanValues) from).values;
    for (int i = 0; i < count; i++) {
      values[at + i] = source[rows[first + i] - base];
    }
  }

  @Override
  void zeroNulls(long[] validity, int length) {
    Nulls.bytes(values, validity, length);
  }

  @Override
  Vector vector(DataType type, int length, long @Nullable [] validity) {
    return new BooleanVector(type, values, length, validity);
  }
}
