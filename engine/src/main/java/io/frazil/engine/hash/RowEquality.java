package io.frazil.engine.hash;

import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Gather;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Whether keys that a table holds equal keys that are looked for, a column and many rows at a
/// time. Null equals null here.
public final class RowEquality {
  private RowEquality() {}

  /// Marks pairs that differ: pair `i` is row `rows[i]` of `column` and row `others[rows[i]]` of
  /// `held`.
  ///
  /// @param differs set where the pair differs, left alone where it doesn't
  public static void mark(
      Vector column, Vector held, int[] rows, int count, int[] others, boolean[] differs) {
    switch (column) {
      case IntVector v when held instanceof IntVector h ->
          ints(v.values(), h.values(), rows, count, others, differs);
      case LongVector v when held instanceof LongVector h ->
          longs(v.values(), h.values(), rows, count, others, differs);
      case BooleanVector v when held instanceof BooleanVector h ->
          bytes(v.values(), h.values(), rows, count, others, differs);
      case DoubleVector v when held instanceof DoubleVector h ->
          doubles(v.values(), h.values(), rows, count, others, differs);
      case StringVector v when held instanceof StringVector h ->
          texts(v, h, rows, count, others, differs);
      case LongVector _, Int128Vector _ -> wide(column, held, rows, count, others, differs);
      case DictionaryVector v -> mark(Gather.flatten(v), held, rows, count, others, differs);
      case IntVector _, BooleanVector _, DoubleVector _, StringVector _ ->
          throw new IllegalArgumentException("keys of two types are compared");
    }
    if (column.validity() != null || held.validity() != null) {
      nulls(column.validity(), held.validity(), rows, count, others, differs);
    }
  }

  private static void ints(
      int[] values, int[] held, int[] rows, int count, int[] others, boolean[] differs) {
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      differs[i] |= values[row] != held[others[row]];
    }
  }

  private static void longs(
      long[] values, long[] held, int[] rows, int count, int[] others, boolean[] differs) {
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      differs[i] |= values[row] != held[others[row]];
    }
  }

  private static void bytes(
      byte[] values, byte[] held, int[] rows, int count, int[] others, boolean[] differs) {
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      differs[i] |= values[row] != held[others[row]];
    }
  }

  private static void doubles(
      double[] values, double[] held, int[] rows, int count, int[] others, boolean[] differs) {
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      differs[i] |=
          ValueHash.canonicalBits(values[row]) != ValueHash.canonicalBits(held[others[row]]);
    }
  }

  private static void wide(
      Vector column, Vector held, int[] rows, int count, int[] others, boolean[] differs) {
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      int other = others[row];
      differs[i] |= low(column, row) != low(held, other) || high(column, row) != high(held, other);
    }
  }

  private static void texts(
      StringVector text,
      StringVector held,
      int[] rows,
      int count,
      int[] others,
      boolean[] differs) {
    byte[] bytes = text.bytes();
    byte[] heldBytes = held.bytes();
    int[] starts = text.starts();
    int[] lengths = text.lengths();
    int[] heldStarts = held.starts();
    int[] heldLengths = held.lengths();
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      int other = others[row];
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
      long @Nullable [] held,
      int[] rows,
      int count,
      int[] others,
      boolean[] differs) {
    for (int i = 0; i < count; i++) {
      int row = rows[i];
      boolean valid = validity == null || Bitmap.get(validity, row);
      boolean heldValid = held == null || Bitmap.get(held, others[row]);
      differs[i] |= valid != heldValid;
    }
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
