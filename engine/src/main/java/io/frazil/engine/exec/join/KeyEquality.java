package io.frazil.engine.exec.join;

import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;

/// Compares values of two vectors pair by pair, by SQL's equality of keys: NaN equals itself, -0.0
/// equals 0.0, decimals by value in whichever width. Neither side of a pair is null.
final class KeyEquality {
  private KeyEquality() {}

  /// Clears `equal[i]` where row `leftRows[i]` of `left` differs from row `rightRows[i]` of
  /// `right`.
  static void compare(
      Vector left, int[] leftRows, Vector right, int[] rightRows, int count, boolean[] equal) {
    switch (left) {
      case DictionaryVector l ->
          compare(l.dictionary(), entries(l, leftRows, count), right, rightRows, count, equal);
      case Vector _ when right instanceof DictionaryVector r ->
          compare(left, leftRows, r.dictionary(), entries(r, rightRows, count), count, equal);
      case BooleanVector l -> {
        byte[] values = ((BooleanVector) right).values();
        for (int i = 0; i < count; i++) {
          equal[i] &= l.values()[leftRows[i]] == values[rightRows[i]];
        }
      }
      case IntVector l -> {
        int[] values = ((IntVector) right).values();
        for (int i = 0; i < count; i++) {
          equal[i] &= l.values()[leftRows[i]] == values[rightRows[i]];
        }
      }
      case LongVector l when right instanceof LongVector r ->
          compare(l.values(), leftRows, r.values(), rightRows, count, equal);
      case LongVector l -> compare((Int128Vector) right, rightRows, l, leftRows, count, equal);
      case Int128Vector l when right instanceof LongVector r ->
          compare(l, leftRows, r, rightRows, count, equal);
      case Int128Vector l -> {
        Int128Vector r = (Int128Vector) right;
        compare(l.high(), leftRows, r.high(), rightRows, count, equal);
        compare(l.low(), leftRows, r.low(), rightRows, count, equal);
      }
      case DoubleVector l -> {
        double[] values = ((DoubleVector) right).values();
        for (int i = 0; i < count; i++) {
          equal[i] &=
              Double.compare(l.values()[leftRows[i]] + 0.0, values[rightRows[i]] + 0.0) == 0;
        }
      }
      case StringVector l -> compare(l, leftRows, (StringVector) right, rightRows, count, equal);
    }
  }

  private static void compare(
      long[] left, int[] leftRows, long[] right, int[] rightRows, int count, boolean[] equal) {
    for (int i = 0; i < count; i++) {
      equal[i] &= left[leftRows[i]] == right[rightRows[i]];
    }
  }

  private static void compare(
      Int128Vector wide,
      int[] wideRows,
      LongVector narrow,
      int[] rows,
      int count,
      boolean[] equal) {
    for (int i = 0; i < count; i++) {
      long value = narrow.values()[rows[i]];
      int row = wideRows[i];
      equal[i] &= wide.low()[row] == value && wide.high()[row] == value >> 63;
    }
  }

  private static void compare(
      StringVector left,
      int[] leftRows,
      StringVector right,
      int[] rightRows,
      int count,
      boolean[] equal) {
    for (int i = 0; i < count; i++) {
      int l = leftRows[i];
      int r = rightRows[i];
      int length = left.lengths()[l];
      int from = left.starts()[l];
      int with = right.starts()[r];
      equal[i] &=
          length == right.lengths()[r]
              && Arrays.equals(
                  left.bytes(), from, from + length, right.bytes(), with, with + length);
    }
  }

  private static int[] entries(DictionaryVector vector, int[] rows, int count) {
    int[] entries = new int[count];
    for (int i = 0; i < count; i++) {
      entries[i] = vector.ids()[rows[i]];
    }
    return entries;
  }
}
