package io.frazil.iceberg.scan;

import static org.apache.iceberg.expressions.Expressions.alwaysTrue;
import static org.apache.iceberg.expressions.Expressions.greaterThanOrEqual;
import static org.apache.iceberg.expressions.Expressions.isNaN;
import static org.apache.iceberg.expressions.Expressions.lessThanOrEqual;

import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.iceberg.type.IcebergTypes;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types.NestedField;

/// Comparisons of floating point columns. NaN is greatest for the engine and outside the bounds for
/// Iceberg, so that an upper bound prunes only where no NaN is known to be; and 0.0 equals -0.0 for
/// the engine but not for Iceberg.
final class FloatingPruning {
  private FloatingPruning() {}

  static Expression compare(ComparisonOperator operator, NestedField field, double value) {
    return switch (operator) {
      case EQUAL, NOT_DISTINCT ->
          Double.isNaN(value)
              ? isNaN(field.name())
              : Expressions.and(atLeast(field, value), atMost(field, value));
      case LESS, LESS_OR_EQUAL -> Double.isNaN(value) ? alwaysTrue() : atMost(field, value);
      case GREATER, GREATER_OR_EQUAL ->
          Double.isNaN(value)
              ? isNaN(field.name())
              : Expressions.or(atLeast(field, value), isNaN(field.name()));
      case NOT_EQUAL, DISTINCT -> alwaysTrue();
    };
  }

  private static Expression atLeast(NestedField field, double value) {
    return greaterThanOrEqual(field.name(), bound(field, value == 0 ? -0.0 : value));
  }

  private static Expression atMost(NestedField field, double value) {
    return lessThanOrEqual(field.name(), bound(field, value == 0 ? 0.0 : value));
  }

  private static Object bound(NestedField field, double value) {
    return IcebergTypes.icebergValue(value, field.type());
  }
}
