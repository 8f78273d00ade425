package io.frazil.engine.exec.sort;

import io.frazil.engine.plan.SortKey;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Maps values of a sort key to longs: if a long is less, its value comes first. Values with equal
/// longs may still differ: text beyond eight bytes, decimals beyond a long, nulls next to extremes.
final class OrderPrefix {
  private static final VarHandle BIG_ENDIAN =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private OrderPrefix() {}

  /// Whether equal longs mean equal values, nulls aside.
  static boolean isExact(Vector values) {
    return switch (values) {
      case BooleanVector _, IntVector _, LongVector _, DoubleVector _ -> true;
      case Int128Vector _, StringVector _ -> false;
      case DictionaryVector v -> isExact(v.dictionary());
    };
  }

  /// Writes the longs of the values at `rows[from]` to before `rows[to]` to the same places of
  /// `out`.
  static void encode(Vector values, SortKey key, int[] rows, int from, int to, long[] out) {
    encodeFrom(0, values, key, rows, from, to, out);
  }

  /// As [#encode], of text from its byte `offset` on.
  static void encodeFrom(
      int offset, Vector values, SortKey key, int[] rows, int from, int to, long[] out) {
    int count = to - from;
    if (values instanceof DictionaryVector v) {
      int[] ids = new int[count];
      for (int i = 0; i < count; i++) {
        ids[i] = v.ids()[rows[from + i]];
      }
      ascending(offset, v.dictionary(), ids, 0, count, out, from);
    } else {
      ascending(offset, values, rows, from, count, out, from);
    }
    if (key.direction() == SortKey.Direction.DESCENDING) {
      for (int i = from; i < to; i++) {
        out[i] = ~out[i];
      }
    }
    long[] validity = values.validity();
    if (validity != null) {
      long extreme = key.nulls() == SortKey.Nulls.FIRST ? Long.MIN_VALUE : Long.MAX_VALUE;
      for (int i = from; i < to; i++) {
        out[i] = Bitmap.get(validity, rows[i]) ? out[i] : extreme;
      }
    }
  }

  private static void ascending(
      int offset, Vector values, int[] rows, int from, int count, long[] out, int at) {
    switch (values) {
      case BooleanVector v -> {
        for (int i = 0; i < count; i++) {
          out[at + i] = v.values()[rows[from + i]];
        }
      }
      case IntVector v -> {
        int[] ints = v.values();
        for (int i = 0; i < count; i++) {
          out[at + i] = ints[rows[from + i]];
        }
      }
      case LongVector v -> {
        long[] longs = v.values();
        for (int i = 0; i < count; i++) {
          out[at + i] = longs[rows[from + i]];
        }
      }
      case Int128Vector v -> {
        for (int i = 0; i < count; i++) {
          out[at + i] = saturated(v.high()[rows[from + i]], v.low()[rows[from + i]]);
        }
      }
      case DoubleVector v -> {
        for (int i = 0; i < count; i++) {
          out[at + i] = ordered(v.values()[rows[from + i]]);
        }
      }
      case StringVector v -> {
        for (int i = 0; i < count; i++) {
          int row = rows[from + i];
          out[at + i] = ordered(v.bytes(), v.starts()[row] + offset, v.lengths()[row] - offset);
        }
      }
      case DictionaryVector _ -> throw new IllegalArgumentException("a dictionary is flat");
    }
  }

  private static long saturated(long high, long low) {
    if (high == low >> 63) {
      return low;
    }
    return high < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  /// The bits of a positive number are in its order, those of a negative one in the reverse.
  private static long ordered(double value) {
    long bits = Double.doubleToLongBits(value + 0.0);
    return bits ^ (bits >> 63 & Long.MAX_VALUE);
  }

  /// Up to eight bytes, zeros behind the end, the first one the most significant.
  private static long ordered(byte[] bytes, int start, int length) {
    if (length <= 0) {
      return Long.MIN_VALUE;
    }
    long value = 0;
    if (start + Long.BYTES <= bytes.length) {
      value = (long) BIG_ENDIAN.get(bytes, start);
    } else {
      for (int i = 0; i < Long.BYTES; i++) {
        int at = start + i;
        value = value << Byte.SIZE | (at < bytes.length ? bytes[at] & 0xff : 0);
      }
    }
    int unused = Math.max(0, Long.BYTES - length) * Byte.SIZE;
    return value >>> unused << unused ^ Long.MIN_VALUE;
  }
}
