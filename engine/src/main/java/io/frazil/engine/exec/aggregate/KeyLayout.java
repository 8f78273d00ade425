package io.frazil.engine.exec.aggregate;

import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// How several keys lie in one long: each is its distance from a base plus one, in as many bits as
/// its range asks for; null is 0.
///
/// @param shifts where each key's bits begin
record KeyLayout(long[] bases, int[] bits, int[] shifts) {
  /// One less than there are, so that what is packed is never negative.
  private static final int MAX_BITS = Long.SIZE - 1;

  /// A layout for keys of these ranges, or null where they do not fit.
  static @Nullable KeyLayout of(long[] least, long[] greatest) {
    int[] bits = new int[least.length];
    int[] shifts = new int[least.length];
    int total = 0;
    for (int k = least.length - 1; k >= 0; k--) {
      bits[k] = bits(least[k], greatest[k]);
      shifts[k] = total;
      total += bits[k];
    }
    return total > MAX_BITS ? null : new KeyLayout(least.clone(), bits, shifts);
  }

  /// For a range that is empty where `least > greatest`, which leaves null alone.
  private static int bits(long least, long greatest) {
    long range = greatest - least;
    if (least > greatest) {
      return 0;
    }
    return range < 0 || range == Long.MAX_VALUE
        ? Long.SIZE
        : Long.SIZE - Long.numberOfLeadingZeros(range + 1);
  }

  /// Whether these values of key `k` can be packed.
  boolean covers(int k, long min, long max) {
    long base = bases[k];
    long most = (1L << bits[k]) - 2;
    return min >= base && max - base >= 0 && max - base <= most;
  }

  /// Adds key `k` of `count` rows to what is packed of them.
  ///
  /// @param validity by row
  void pack(int k, long[] values, long @Nullable [] validity, int count, long[] packed) {
    long before = bases[k] - 1;
    int shift = shifts[k];
    if (validity == null) {
      for (int i = 0; i < count; i++) {
        packed[i] |= (values[i] - before) << shift;
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      long digit = Bitmap.get(validity, i) ? values[i] - before : 0;
      packed[i] |= digit << shift;
    }
  }

  /// Writes what `count` packed keys from `from` are in another layout.
  void repack(KeyLayout other, long[] packed, int from, int count, long[] out) {
    for (int i = 0; i < count; i++) {
      long key = packed[from + i];
      long moved = 0;
      for (int k = 0; k < bases.length; k++) {
        long digit = digit(k, key);
        long shifted = digit == 0 ? 0 : digit + bases[k] - other.bases[k];
        moved |= shifted << other.shifts[k];
      }
      out[i] = moved;
    }
  }

  /// Key `k` of `count` packed keys from `from`.
  Vector unpack(int k, DataType type, long[] packed, int from, int count) {
    long[] validity = validity(k, packed, from, count);
    return switch (type.physical()) {
      case BOOLEAN -> {
        byte[] values = new byte[count];
        for (int i = 0; i < count; i++) {
          values[i] = (byte) value(k, packed[from + i]);
        }
        yield new BooleanVector(type, values, count, validity);
      }
      case INT -> {
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
          values[i] = (int) value(k, packed[from + i]);
        }
        yield new IntVector(type, values, count, validity);
      }
      case LONG -> {
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
          values[i] = value(k, packed[from + i]);
        }
        yield new LongVector(type, values, count, validity);
      }
      case INT128, DOUBLE, STRING ->
          throw new IllegalArgumentException(type.text() + " is not packed");
    };
  }

  private long @Nullable [] validity(int k, long[] packed, int from, int count) {
    long[] validity = null;
    for (int i = 0; i < count; i++) {
      if (digit(k, packed[from + i]) == 0) {
        if (validity == null) {
          validity = Bitmap.allSet(count);
        }
        Bitmap.clear(validity, i);
      }
    }
    return validity;
  }

  /// A value, or 0 for null.
  private long value(int k, long packed) {
    long digit = digit(k, packed);
    return digit == 0 ? 0 : digit - 1 + bases[k];
  }

  private long digit(int k, long packed) {
    return packed >>> shifts[k] & (1L << bits[k]) - 1;
  }
}
