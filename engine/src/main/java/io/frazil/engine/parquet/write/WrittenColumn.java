package io.frazil.engine.parquet.write;

import io.frazil.engine.expression.Expression;
import org.jspecify.annotations.Nullable;

/// One column of a [WrittenFile].
///
/// @param bytes compressed, page headers and dictionaries included
/// @param values how many, nulls included
/// @param nans how many are NaN; 0 where the type has none
/// @param lower no value is less, or null where there is none but nulls and NaN. Text is cut after
///   64 bytes, the upper bound so that it still is one
/// @param upper no value other than NaN is greater; null also where no short text is
public record WrittenColumn(
    long bytes,
    long values,
    long nulls,
    long nans,
    Expression.@Nullable Literal lower,
    Expression.@Nullable Literal upper) {}
