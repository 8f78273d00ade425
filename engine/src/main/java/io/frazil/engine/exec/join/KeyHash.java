package io.frazil.engine.exec.join;

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
import org.jspecify.annotations.Nullable;

/// Hashes keys of any types for the tables of this package: equal values have equal hashes,
/// whatever their encoding and width.
final class KeyHash {
  private static final long FACTOR = 0x9E3779B97F4A7C15L;
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private KeyHash() {}

  /// The hash of each live row's key; of null keys anything.
  static void hash(Vector[] keys, int @Nullable [] selection, int count, long[] out) {
    hash(keys[0], selection, count, out);
    if (keys.length > 1) {
      long[] next = new long[count];
      for (int k = 1; k < keys.length; k++) {
        hash(keys[k], selection, count, next);
        for (int i = 0; i < count; i++) {
          out[i] = mix(out[i] * 31 + next[i]);
        }
      }
    }
  }

  private static void hash(Vector key, int @Nullable [] selection, int count, long[] out) {
    switch (key) {
      case BooleanVector _, IntVector _, LongVector _, DoubleVector _ -> {
        PackedKeys.encode(key, selection, count, out);
        for (int i = 0; i < count; i++) {
          out[i] = mix(out[i]);
        }
      }
      case Int128Vector v -> {
        for (int i = 0; i < count; i++) {
          int position = selection == null ? i : selection[i];
          long low = v.low()[position];
          long beyond = v.high()[position] - (low >> 63);
          out[i] = mix(low ^ beyond * FACTOR);
        }
      }
      case StringVector v -> {
        for (int i = 0; i < count; i++) {
          int position = selection == null ? i : selection[i];
          out[i] = hash(v.bytes(), v.starts()[position], v.lengths()[position]);
        }
      }
      case DictionaryVector v -> hash(v, selection, count, out);
    }
  }

  private static void hash(
      DictionaryVector key, int @Nullable [] selection, int count, long[] out) {
    int[] ids = new int[count];
    for (int i = 0; i < count; i++) {
      ids[i] = key.ids()[selection == null ? i : selection[i]];
    }
    int entries = key.dictionary().length();
    if (entries >= count) {
      hash(key.dictionary(), ids, count, out);
      return;
    }
    long[] hashes = new long[entries];
    hash(key.dictionary(), null, entries, hashes);
    for (int i = 0; i < count; i++) {
      out[i] = hashes[ids[i]];
    }
  }

  private static long hash(byte[] bytes, int start, int length) {
    long hash = length * FACTOR;
    int end = start + length;
    int at = start;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      hash = mix(hash ^ (long) LONGS.get(bytes, at));
    }
    long rest = 0;
    for (; at < end; at++) {
      rest = rest << 8 | (bytes[at] & 0xff);
    }
    return mix(hash ^ rest);
  }

  static long mix(long value) {
    long folded = (value ^ value >>> 32) * FACTOR;
    long again = (folded ^ folded >>> 29) * FACTOR;
    return again ^ again >>> 32;
  }
}
