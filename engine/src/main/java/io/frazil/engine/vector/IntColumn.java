package io.frazil.engine.vector;

import io.frazil.engine.type.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A growing column of `int`.
final class IntColumn extends ColumnBuffer {
  private int[] values = {};

  IntColumn(DataType type) {
    super(type);
  }

  @Override
  void resize(int capacity) {
    values = Arrays.copyOf(values, capacity);
  }

  @Override
  void store(Vector source, int @Nullable [] selection, int at, int count) {
    if (source instanceof DictionaryVector v) {
      int[] entries = ((IntVector) v.dictionary()).values();
      int[] ids = v.ids();
      for (int i = 0; i < count; i++) {
        values[at + i] = entries[ids[selection == null ? i : selection[i]]];
      }
      return;
    }
    int[] from = ((IntVector) source).values();
    if (selection == null) {
      System.arraycopy(from, 0, values, at, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      values[at + i] = from[selection[i]];
    }
  }

  @Override
  void storeAll(ColumnBuffer source, int at) {
    System.arraycopy(((IntColumn) source).values, 0, values, at, source.rows());
  }

  @Override
  Vector load(int[] numbers, int count) {
    return new IntVector(type(), Gather.gather(values, numbers, count), count, null);
  }

  @Override
  Vector values(int count) {
    return new IntVector(type(), values, count, null);
  }

  @Override
  long valueBytes() {
    return (long) values.length * Integer.BYTES;
  }

  @Override
  long growth(Vector source, int @Nullable [] selection, int count, long newCapacity) {
    return newCapacity * Integer.BYTES;
  }
}
