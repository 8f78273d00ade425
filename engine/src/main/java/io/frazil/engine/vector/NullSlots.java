package io.frazil.engine.vector;

import org.jspecify.annotations.Nullable;

/// Writes zeros where a vector is null: what null slots hold by contract, so that loops may run
/// over them. Walks the validity a word at a time, so that few nulls cost little.
final class NullSlots {
  private NullSlots() {}

  /// A vector whose arrays nobody else sees, with `validity` in addition to its own.
  static Vector mask(Vector fresh, long @Nullable [] validity) {
    if (validity == null) {
      return fresh;
    }
    int length = fresh.length();
    switch (fresh) {
      case BooleanVector v -> clear(v.values(), validity, length);
      case IntVector v -> clear(v.values(), validity, length);
      case LongVector v -> clear(v.values(), validity, length);
      case DoubleVector v -> clear(v.values(), validity, length);
      case StringVector v -> clear(v.lengths(), validity, length);
      case DictionaryVector v -> clear(v.ids(), validity, length);
      case Int128Vector v -> {
        clear(v.high(), validity, length);
        clear(v.low(), validity, length);
      }
    }
    return fresh.withValidity(Bitmap.and(fresh.validity(), validity, length));
  }

  static void clear(byte[] values, long[] validity, int length) {
    for (int base = 0; base < length; base += Long.SIZE) {
      for (long nulls = nulls(validity, base, length); nulls != 0; nulls &= nulls - 1) {
        values[base + Long.numberOfTrailingZeros(nulls)] = 0;
      }
    }
  }

  static void clear(int[] values, long[] validity, int length) {
    for (int base = 0; base < length; base += Long.SIZE) {
      for (long nulls = nulls(validity, base, length); nulls != 0; nulls &= nulls - 1) {
        values[base + Long.numberOfTrailingZeros(nulls)] = 0;
      }
    }
  }

  static void clear(long[] values, long[] validity, int length) {
    for (int base = 0; base < length; base += Long.SIZE) {
      for (long nulls = nulls(validity, base, length); nulls != 0; nulls &= nulls - 1) {
        values[base + Long.numberOfTrailingZeros(nulls)] = 0;
      }
    }
  }

  static void clear(double[] values, long[] validity, int length) {
    for (int base = 0; base < length; base += Long.SIZE) {
      for (long nulls = nulls(validity, base, length); nulls != 0; nulls &= nulls - 1) {
        values[base + Long.numberOfTrailingZeros(nulls)] = 0;
      }
    }
  }

  private static long nulls(long[] validity, int base, int length) {
    int rest = length - base;
    long inRange = rest >= Long.SIZE ? -1L : (1L << rest) - 1;
    return ~validity[base >>> 6] & inRange;
  }
}
