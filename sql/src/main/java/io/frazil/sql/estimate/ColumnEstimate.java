package io.frazil.sql.estimate;

import org.jspecify.annotations.Nullable;

/// What is thought of one column of a relation.
///
/// @param distinct how many different values, null not counted; at least 1
/// @param nulls which part of the values is null, 0 to 1
/// @param min as a number on the type's own scale (days, digits, seconds), or NaN where unknown
/// @param max likewise
/// @param bytes of a value, on average
/// @param origin the table column that it is, or null where it was computed
/// @param source what `distinct` rests on, for people
record ColumnEstimate(
    double distinct,
    double nulls,
    double min,
    double max,
    double bytes,
    @Nullable Origin origin,
    String source) {
  /// A column of a table.
  ///
  /// @param table the scan's table, compared by identity of its name
  /// @param rows of the whole table
  record Origin(String table, String column, double rows) {}

  /// A computed column of which nothing is known but how many rows there are.
  static ColumnEstimate computed(double rows, double bytes) {
    return new ColumnEstimate(
        Math.max(1, rows / 2), 0, Double.NaN, Double.NaN, bytes, null, "guess");
  }

  boolean bounded() {
    return !Double.isNaN(min) && !Double.isNaN(max);
  }

  ColumnEstimate withDistinct(double value) {
    return new ColumnEstimate(Math.max(1, value), nulls, min, max, bytes, origin, source);
  }

  ColumnEstimate withRange(double low, double high) {
    return new ColumnEstimate(distinct, nulls, low, high, bytes, origin, source);
  }

  /// The column after only `fraction` of `rows` rows are left, chosen without regard to it.
  ColumnEstimate thinned(double rows, double fraction) {
    if (fraction >= 1 || distinct <= 1) {
      return this;
    }
    double perValue = Math.max(1, rows / distinct);
    return withDistinct(distinct * (1 - Math.pow(1 - fraction, perValue)));
  }
}
