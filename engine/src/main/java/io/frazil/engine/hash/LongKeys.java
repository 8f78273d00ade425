package io.frazil.engine.hash;

import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Keys as longs: equal values become equal longs, so that tables of numbers compare one word.
public final class LongKeys {
  private LongKeys() {}

  /// Writes the values of the live rows to the front of `out`; of null, and of a value that fits no
  /// long, anything.
  public static void encode(Vector key, int @Nullable [] selection, int count, long[] out) {
    switch (key) {
      case DictionaryVector v -> encode(v.dictionary(), chosen(v, selection, count), count, out);
      case IntVector v -> encode(v.values(), selection, count, out);
      case LongVector v -> encode(v.values(), selection, count, out);
      case Int128Vector v -> encode(v.low(), selection, count, out);
      case DoubleVector v -> encode(v.values(), selection, count, out);
      case BooleanVector v -> {
        for (int i = 0; i < count; i++) {
          out[i] = v.values()[selection == null ? i : selection[i]];
        }
      }
      case StringVector _ -> throw new IllegalArgumentException("text is no number");
    }
  }

  private static int[] chosen(DictionaryVector v, int @Nullable [] selection, int count) {
    if (selection == null) {
      return v.ids();
    }
    int[] chosen = new int[Math.max(count, Batch.MAX_ROWS)];
    for (int i = 0; i < count; i++) {
      chosen[i] = v.ids()[selection[i]];
    }
    return chosen;
  }

  private static void encode(int[] values, int @Nullable [] selection, int count, long[] out) {
    if (selection == null) {
      for (int i = 0; i < count; i++) {
        out[i] = values[i];
      }
    } else {
      for (int i = 0; i < count; i++) {
        out[i] = values[selection[i]];
      }
    }
  }

  private static void encode(long[] values, int @Nullable [] selection, int count, long[] out) {
    if (selection == null) {
      System.arraycopy(values, 0, out, 0, count);
    } else {
      for (int i = 0; i < count; i++) {
        out[i] = values[selection[i]];
      }
    }
  }

  private static void encode(double[] values, int @Nullable [] selection, int count, long[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = ValueHash.canonicalBits(values[selection == null ? i : selection[i]]);
    }
  }
}
