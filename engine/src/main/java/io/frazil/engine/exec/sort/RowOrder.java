package io.frazil.engine.exec.sort;

import io.frazil.engine.plan.SortKey;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import java.util.List;

/// The order of rows: NaN is the greatest number, -0.0 equals 0.0, text goes by unsigned UTF-8
/// bytes, decimals by value in whichever width, nulls where the key says.
public final class RowOrder {
  private final SortKey[] keys;

  public RowOrder(List<SortKey> keys) {
    this.keys = keys.toArray(SortKey[]::new);
  }

  /// Negative where the left row comes first, positive where the right one does, 0 for peers.
  ///
  /// @param left the values of the keys, in the keys' order
  /// @param right likewise, of the same types
  public int compare(Vector[] left, int leftRow, Vector[] right, int rightRow) {
    return compareFrom(0, left, leftRow, right, rightRow);
  }

  /// As [#compare], for rows known to be equal in the keys before `first`.
  int compareFrom(int first, Vector[] left, int leftRow, Vector[] right, int rightRow) {
    for (int k = first; k < keys.length; k++) {
      int order = compare(keys[k], left[k], leftRow, right[k], rightRow);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int compare(SortKey key, Vector left, int leftRow, Vector right, int rightRow) {
    boolean leftNull = left.isNull(leftRow);
    boolean rightNull = right.isNull(rightRow);
    if (leftNull || rightNull) {
      int order = Boolean.compare(leftNull, rightNull);
      return key.nulls() == SortKey.Nulls.LAST ? order : -order;
    }
    int order = compare(left, leftRow, right, rightRow);
    return key.direction() == SortKey.Direction.ASCENDING ? order : -order;
  }

  /// Compares two values that are not null.
  private static int compare(Vector left, int l, Vector right, int r) {
    if (right instanceof DictionaryVector v) {
      return compare(left, l, v.dictionary(), v.ids()[r]);
    }
    return switch (left) {
      case DictionaryVector v -> compare(v.dictionary(), v.ids()[l], right, r);
      case BooleanVector v -> Byte.compare(v.values()[l], ((BooleanVector) right).values()[r]);
      case IntVector v -> Integer.compare(v.values()[l], ((IntVector) right).values()[r]);
      case LongVector v when right instanceof LongVector w ->
          Long.compare(v.values()[l], w.values()[r]);
      case LongVector _, Int128Vector _ -> {
        int order = Long.compare(high(left, l), high(right, r));
        yield order != 0 ? order : Long.compareUnsigned(low(left, l), low(right, r));
      }
      case DoubleVector v ->
          Double.compare(v.values()[l] + 0.0, ((DoubleVector) right).values()[r] + 0.0);
      case StringVector v -> compare(v, l, (StringVector) right, r);
    };
  }

  private static int compare(StringVector left, int l, StringVector right, int r) {
    int from = left.starts()[l];
    int with = right.starts()[r];
    return Arrays.compareUnsigned(
        left.bytes(),
        from,
        from + left.lengths()[l],
        right.bytes(),
        with,
        with + right.lengths()[r]);
  }

  private static long high(Vector decimals, int row) {
    return decimals instanceof Int128Vector v
        ? v.high()[row]
        : ((LongVector) decimals).values()[row] >> 63;
  }

  private static long low(Vector decimals, int row) {
    return decimals instanceof Int128Vector v
        ? v.low()[row]
        : ((LongVector) decimals).values()[row];
  }
}
