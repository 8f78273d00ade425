package io.frazil.engine.parquet.write;

import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// Booleans, a bit each, least significant first. They need no dictionary.
final class BooleanValues extends PageValues {
  private byte[] values = new byte[4096];
  private int count;

  BooleanValues() {
    super(0);
  }

  @Override
  void appendFlat(Vector vector, int[] positions, int more) {
    if (count + more > values.length) {
      values = Arrays.copyOf(values, Math.max(count + more, values.length * 2));
    }
    byte[] from = ((BooleanVector) vector).values();
    for (int i = 0; i < more; i++) {
      values[count + i] = from[positions[i]];
    }
    count += more;
  }

  @Override
  int count() {
    return count;
  }

  @Override
  long bytes() {
    return count;
  }

  @Override
  @Nullable Bounds bounds() {
    if (count == 0) {
      return null;
    }
    byte all = 1;
    byte any = 0;
    for (int i = 0; i < count; i++) {
      all &= values[i];
      any |= values[i];
    }
    return new Bounds(new byte[] {all}, new byte[] {any});
  }

  @Override
  void writePlain(ByteSink page) {
    for (int i = 0; i < count; i += Byte.SIZE) {
      int bits = 0;
      for (int bit = 0; bit < Math.min(Byte.SIZE, count - i); bit++) {
        bits |= values[i + bit] << bit;
      }
      page.write(bits);
    }
  }

  @Override
  void clear() {
    count = 0;
  }

  @Override
  Comparator<byte[]> order() {
    return Arrays::compare;
  }

  @Override
  boolean number(int[] ids, int limitBytes) {
    return false;
  }

  @Override
  int entryCount() {
    return 0;
  }

  @Override
  long dictionaryBytes() {
    return 0;
  }

  @Override
  void truncateDictionary(int entries) {}

  @Override
  void clearDictionary() {}

  @Override
  void writeDictionary(ByteSink page) {}
}
