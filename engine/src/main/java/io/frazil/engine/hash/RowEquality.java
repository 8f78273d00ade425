package io.frazil.engine.hash;

import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Whether keys that are looked for equal keys that a table holds, a column and many pairs at a
/// time. Null equals null here.
public final class RowEquality {
  private RowEquality() {}

  /// Marks pairs that differ: pair `i` is row `rows[i]` of `column` and row `heldRows[i]` of
  /// `held`.
  ///
  /// @param differs set where the pair differs, left alone where it doesn't
  public static void mark(
      Vector column, int[] rows, Vector held, int[] heldRows, int count, boolean[] differs) {
    values(column, rows, held, heldRows, count, differs);
    if (column.validity() != null || held.validity() != null) {
      nulls(column.validity(), rows, held.validity(), heldRows, count, differs);
    }
  }

  private static void values(
      Vector column, int[] rows, Vector held, int[] heldRows, int count, boolean[] differs) {
    switch (column) {
      case DictionaryVector v ->
          values(v.dictionary(), entries(v, rows, count), held, heldRows, count, differs);
      case Vector _ when held instanceof DictionaryVector h ->
          values(column, rows, h.dictionary(), entries(h, heldRows, count), count, differs);
      case IntVector v when held instanceof IntVector h ->
          ints(v.values(), rows, h.values(), heldRows, count, differs);
      case LongVector v when held instanceof LongVector h ->
          longs(v.values(), rows, h.values(), heldRows, count, differs);
      case BooleanVector v when held instanceof BooleanVector h ->
          bytes(v.values(), rows, h.values(), heldRows, count, differs);
      case DoubleVector v when held instanceof DoubleVector h ->
          doubles(v.values(), rows, h.values(), heldRows, count, differs);
      case StringVector v when held instanceof StringVector h ->
          texts(v, rows, h, heldRows, count, differs);
      case LongVector _, Int128Vector _ -> wide(column, rows, held, heldRows, count, differs);
      case IntVector _, BooleanVector _, DoubleVector _, StringVector _ ->
          throw new IllegalArgumentException("keys of two types are compared");
    }
  }

  private static void ints(
      int[] values, int[] rows, int[] held, int[] heldRows, int count, boolean[] differs) {
    for (int i = 0; i < count; i++) {
      differs[i] |= values[rows[i]] != held[heldRows[i]];
    }
  }

  private static void longs(
      long[] values, int[] rows, long[] held, int[] heldRows, int count, boolean[] differs) {
    for (int i = 0; i < count; i++) {
      differs[i] |= values[rows[i]] != held[heldRows[i]];
    }
  }

  private static void bytes(
      byte[] values, int[] rows, byte[] held, int[] heldRows, int count, boolean[] differs) {
    for (int i = 0; i < count; i++) {
      differs[i] |= values[rows[i]] != held[heldRows[i]];
    }
  }

  private static void doubles(
      double[] values, int[] rows, double[] held, int[] heldRows, int count, boolean[] differs) {
    for (int i = 0; i < count; i++) {
      differs[i] |=
          ValueHash.canonicalBits(values[rows[i]]) != ValueHash.canonicalBits(held[heldRows[i]]);
    }
  }

  private static void wide(
      Vector column, int[] rows, Vector held, int[] heldRows, int count, boolean[] differs) {
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      int other = heldRows[i];
      differs[i] |= low(column, row) != low(held, other) || high(column, row) != high(held, other);
    }
  }

  private static void texts(
      StringVector text,
      int[] rows,
      StringVector held,
      int[] heldRows,
      int count,
      boolean[] differs) {
    byte[] bytes = text.bytes();
    byte[] heldBytes = held.bytes();
    int[] starts = text.starts();
    int[] lengths = text.lengths();
    int[] heldStarts = held.starts();
    int[] heldLengths = held.lengths();
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      int other = heldRows[i];
      int length = lengths[row];
      int from = starts[row];
      int heldFrom = heldStarts[other];
      differs[i] |=
          length != heldLengths[other]
              || !Arrays.equals(bytes, from, from + length, heldBytes, heldFrom, heldFrom + length);
    }
  }

  private static void nulls(
      long @Nullable [] validity,
      int[] rows,
      long @Nullable [] held,
      int[] heldRows,
      int count,
      boolean[] differs) {
    for (int i = 0; i < count; i++) {
      boolean valid = validity == null || Bitmap.get(validity, rows[i]);
      boolean heldValid = held == null || Bitmap.get(held, heldRows[i]);
      differs[i] |= valid != heldValid;
    }
  }

  private static int[] entries(DictionaryVector vector, int[] rows, int count) {
    int[] entries = new int[count];
    int[] ids = vector.ids();
    for (int i = 0; i < count; i++) {
      entries[i] = ids[rows[i]];
    }
    return entries;
  }

  private static long low(Vector decimals, int row) {
    return decimals instanceof Int128Vector wide
        ? wide.low()[row]
        : ((LongVector) decimals).values()[row];
  }

  private static long high(Vector decimals, int row) {
    return decimals instanceof Int128Vector wide
        ? wide.high()[row]
        : ((LongVector) decimals).values()[row] >> 63;
  }
}
