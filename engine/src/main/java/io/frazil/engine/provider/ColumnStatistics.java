package io.frazil.engine.provider;

import io.frazil.engine.expression.Expression;
import org.jspecify.annotations.Nullable;

/// What is known of a column; null where nothing is.
///
/// @param min no value is less; and if the bound is exact, one equals it
/// @param max no value other than NaN is greater
/// @param boundsExact whether `min` and `max` are values of the column
/// @param nulls how many values are null
/// @param nans how many are NaN
/// @param distinct how many different values there are, null not counted
/// @param averageBytes of a value that is not null
public record ColumnStatistics(
    Expression.@Nullable Literal min,
    Expression.@Nullable Literal max,
    boolean boundsExact,
    @Nullable Statistic nulls,
    @Nullable Statistic nans,
    @Nullable Statistic distinct,
    @Nullable Double averageBytes) {
  public static final ColumnStatistics UNKNOWN =
      new ColumnStatistics(null, null, false, null, null, null, null);
}
