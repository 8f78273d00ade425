package io.frazil.engine.vector;

import org.jspecify.annotations.Nullable;

/// Writes zeros where a vector is null: what null slots hold by contract, so that loops may run
/// over them. Walks the validity a word at a time, so that few nulls cost little.
public final class NullSlots {
  private NullSlots() {}

  /// A vector whose arrays nobody else sees, with `validity` in addition to its own.
  static Vector mask(Vector fresh, long @Nullable [] validity) {
    if (validity == null) {
      return fresh;
    }
    int length = fresh.length();
    switch (fresh) {
      case BooleanVector v -> zero(v.values(), validity, length);
      case IntVector v -> zero(v.values(), validity, length);
      case LongVector v -> zero(v.values(), validity, length);
      case DoubleVector v -> zero(v.values(), validity, length);
      case StringVector v -> zero(v.lengths(), validity, length);
      case DictionaryVector v -> zero(v.ids(), validity, length);
      case Int128Vector v -> {
        zero(v.high(), validity, length);
        zero(v.low(), validity, length);
      }
    }
    return fresh.withValidity(Bitmap.and(fresh.validity(), validity, length));
  }

  /// Zero wherever a bit of `validity` is clear; nothing where there is no validity.
  public static void zero(byte[] values, long @Nullable [] validity, int length) {
    for (int base = 0; validity != null && base < length; base += Long.SIZE) {
      for (long nulls = nulls(validity, base, length); nulls != 0; nulls &= nulls - 1) {
        values[base + Long.numberOfTrailingZeros(nulls)] = 0;
      }
    }
  }

  public static void zero(int[] values, long @Nullable [] validity, int length) {
    for (int base = 0; validity != null && base < length; base += Long.SIZE) {
      for (long nulls = nulls(validity, base, length); nulls != 0; nulls &= nulls - 1) {
        values[base + Long.numberOfTrailingZeros(nulls)] = 0;
      }
    }
  }

  public static void zero(long[] values, long @Nullable [] validity, int length) {
    for (int base = 0; validity != null && base < length; base += Long.SIZE) {
      for (long nulls = nulls(validity, base, length); nulls != 0; nulls &= nulls - 1) {
        values[base + Long.numberOfTrailingZeros(nulls)] = 0;
      }
    }
  }

  public static void zero(double[] values, long @Nullable [] validity, int length) {
    for (int base = 0; validity != null && base < length; base += Long.SIZE) {
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
