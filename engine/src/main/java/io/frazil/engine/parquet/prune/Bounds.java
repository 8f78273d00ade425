package io.frazil.engine.parquet.prune;

import io.frazil.engine.expression.Expression.Literal;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What is known of a column in some rows. Values are Boolean, Long, Double, BigDecimal, or text as
/// UTF-8 in a `byte[]`.
///
/// @param min no value is less; null where that isn't known
/// @param max no value is greater, NaN included; null where that isn't known
/// @param mayBeNull whether a row may be null
/// @param mayBeValue whether a row may be something else
public record Bounds(
    @Nullable Object min, @Nullable Object max, boolean mayBeNull, boolean mayBeValue) {
  public static final Bounds UNKNOWN = new Bounds(null, null, true, true);

  /// Nothing but nulls.
  public static final Bounds NULL = new Bounds(null, null, true, false);

  /// All rows have the value of a literal; null where it is null or there is none.
  public static Bounds of(@Nullable Literal literal) {
    Object value = literal == null ? null : value(literal);
    return value == null ? NULL : new Bounds(value, value, false, true);
  }

  /// A literal's value as bounds have it.
  public static @Nullable Object value(Literal literal) {
    return literal.value() instanceof String text
        ? text.getBytes(StandardCharsets.UTF_8)
        : literal.value();
  }

  /// What is known of these rows and others together.
  public Bounds join(Bounds other) {
    if (!mayBeValue || !other.mayBeValue) {
      Bounds values = mayBeValue ? this : other;
      return new Bounds(values.min, values.max, mayBeNull || other.mayBeNull, values.mayBeValue);
    }
    return new Bounds(
        min == null || other.min == null ? null : compare(min, other.min) <= 0 ? min : other.min,
        max == null || other.max == null ? null : compare(max, other.max) >= 0 ? max : other.max,
        mayBeNull || other.mayBeNull,
        true);
  }

  /// Whether a value of this may be less than one of `other`.
  boolean mayBeLess(Bounds other) {
    return min == null || other.max == null || compare(min, other.max) < 0;
  }

  /// Whether a value of this may be less than or equal to one of `other`.
  boolean mayBeLessOrEqual(Bounds other) {
    return min == null || other.max == null || compare(min, other.max) <= 0;
  }

  /// Whether a value of this may equal one of `other`.
  boolean mayBeEqual(Bounds other) {
    return mayBeLessOrEqual(other) && other.mayBeLessOrEqual(this);
  }

  /// Whether a value of this may differ from one of `other`.
  boolean mayDiffer(Bounds other) {
    return mayBeLess(other) || other.mayBeLess(this);
  }

  /// The engine's order. What is compared is of one type: the planner sees to that.
  static int compare(Object a, Object b) {
    return switch (a) {
      case Boolean x when b instanceof Boolean y -> Boolean.compare(x, y);
      case Long x when b instanceof Long y -> Long.compare(x, y);
      // Adding zero makes the two zeros one.
      case Double x when b instanceof Double y -> Double.compare(x + 0.0, y + 0.0);
      case BigDecimal x when b instanceof BigDecimal y -> x.compareTo(y);
      case byte[] x when b instanceof byte[] y -> Arrays.compareUnsigned(x, y);
      default ->
          throw new IllegalArgumentException(
              "bounds of " + a.getClass().getName() + " and " + b.getClass().getName());
    };
  }
}
