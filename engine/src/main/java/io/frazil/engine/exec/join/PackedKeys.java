package io.frazil.engine.exec.join;

import io.frazil.engine.hash.LongKeys;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Writes a key of one or more columns as one long: each column's distance from its least build
/// value, in a number system whose digits are the columns' ranges. A single column always fits, as
/// its distance is unsigned; several do while the product of their ranges does.
///
/// @param min the least build value of each column
/// @param range how many values each column spans; 0 for 2^64
/// @param size how many packed keys there could be, or -1 for more than 2^62
record PackedKeys(long[] min, long[] range, long size) {
  private static final long MAX_SIZE = 1L << 62;

  /// A packed key that no build row has, where there are several columns.
  private static final long NO_KEY = -1;

  /// Packs these build keys, or gives null where they cannot be.
  static @Nullable PackedKeys of(Vector[] keys, int rows) {
    long[] min = new long[keys.length];
    long[] range = new long[keys.length];
    long size = 1;
    for (int i = 0; i < keys.length; i++) {
      if (!canEncode(keys[i])) {
        return null;
      }
      KeyRange found = KeyRange.of(keys[i], rows);
      min[i] = found.min();
      range[i] = found.max() - found.min() + 1;
      boolean fits = range[i] > 0 && size > 0 && size <= MAX_SIZE / range[i];
      size = fits ? size * range[i] : -1;
    }
    return size < 0 && keys.length > 1 ? null : new PackedKeys(min, range, size);
  }

  /// Writes the packed keys of the live rows to `out`; of null keys anything.
  void pack(Vector[] keys, int @Nullable [] selection, int count, long[] out, long[] scratch) {
    LongKeys.encode(keys[0], selection, count, out);
    long first = min[0];
    if (keys.length == 1) {
      for (int i = 0; i < count; i++) {
        out[i] -= first;
      }
      return;
    }
    for (int i = 0; i < count; i++) {
      long digit = out[i] - first;
      out[i] = Long.compareUnsigned(digit, range[0]) < 0 ? digit : NO_KEY;
    }
    for (int k = 1; k < keys.length; k++) {
      LongKeys.encode(keys[k], selection, count, scratch);
      long least = min[k];
      long span = range[k];
      for (int i = 0; i < count; i++) {
        long digit = scratch[i] - least;
        boolean inside = out[i] >= 0 && Long.compareUnsigned(digit, span) < 0;
        out[i] = inside ? out[i] * span + digit : NO_KEY;
      }
    }
  }

  /// Takes back what was found for keys that are null or too wide to be one of the build's.
  static void dropMisfits(Vector[] keys, int @Nullable [] selection, int count, int[] found) {
    dropNulls(keys, selection, count, found);
    for (Vector key : keys) {
      if (key instanceof Int128Vector || isWideDictionary(key)) {
        for (int i = 0; i < count; i++) {
          int position = selection == null ? i : selection[i];
          found[i] = fitsLong(key, position) ? found[i] : -1;
        }
      }
    }
  }

  /// Takes back what was found for null keys.
  static void dropNulls(Vector[] keys, int @Nullable [] selection, int count, int[] found) {
    for (Vector key : keys) {
      long[] validity = key.validity();
      if (validity != null) {
        for (int i = 0; i < count; i++) {
          int position = selection == null ? i : selection[i];
          found[i] = Bitmap.get(validity, position) ? found[i] : -1;
        }
      }
    }
  }

  private static boolean isWideDictionary(Vector key) {
    return key instanceof DictionaryVector v && v.dictionary() instanceof Int128Vector;
  }

  private static boolean fitsLong(Vector key, int position) {
    return switch (key) {
      case DictionaryVector v -> fitsLong(v.dictionary(), v.ids()[position]);
      case Int128Vector v -> v.high()[position] == v.low()[position] >> 63;
      case BooleanVector _, IntVector _, LongVector _, DoubleVector _, StringVector _ -> true;
    };
  }

  private static boolean canEncode(Vector key) {
    return switch (key) {
      case BooleanVector _, IntVector _, LongVector _, DoubleVector _ -> true;
      case Int128Vector _, StringVector _, DictionaryVector _ -> false;
    };
  }
}
