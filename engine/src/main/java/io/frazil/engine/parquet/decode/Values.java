package io.frazil.engine.parquet.decode;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.PhysicalType;
import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Arrays that values are decoded into, and the few things that are done to all kinds of them: the
/// growing end of a vector.
abstract sealed class Values
    permits BooleanValues, IntValues, LongValues, Int128Values, DoubleValues, StringValues {
  /// Moves the `present` values that stand from `at` on to those of `count` rows whose bit is set;
  /// the others become zero.
  abstract void spread(long[] validity, int at, int count, int present);

  /// Value `at + i` becomes entry `ids[i]` of a dictionary of the same kind.
  abstract void gather(Values dictionary, int[] ids, int at, int count);

  /// Value `at + i` becomes value `rows[first + i] - base` of others of the same kind.
  abstract void copy(Values from, int[] rows, int first, int base, int at, int count);

  /// Makes those of the first `length` values zero whose bit is not set.
  abstract void zeroNulls(long[] validity, int length);

  /// The first `length` values, in the arrays themselves.
  abstract Vector vector(DataType type, int length, long @Nullable [] validity);

  /// No values yet, room for `capacity`.
  static Values of(PhysicalType kind, int capacity, Scratch scratch) {
    return switch (kind) {
      case BOOLEAN -> new BooleanValues(capacity);
      case INT -> new IntValues(capacity);
      case LONG -> new LongValues(capacity);
      case INT128 -> new Int128Values(capacity);
      case DOUBLE -> new DoubleValues(capacity);
      case STRING -> new StringValues(capacity, scratch);
    };
  }
}
