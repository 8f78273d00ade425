package io.frazil.worker.prime;

import io.frazil.engine.expression.ArithmeticOperator;
import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.DecimalTypes;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import java.util.Arrays;
import java.util.List;

/// Expressions and aggregates in few words.
final class Expressions {
  private Expressions() {}

  /// An aggregate of columns, before its types are known.
  record Aggregate(String function, List<Integer> arguments) {}

  static Aggregate call(String function, Integer... arguments) {
    return new Aggregate(function, Arrays.asList(arguments));
  }

  static Expression.Column column(Schema rows, String name) {
    for (int i = 0; i < rows.size(); i++) {
      Field field = rows.fields().get(i);
      if (field.name().equals(name)) {
        return new Expression.Column(i, name, field.type(), field.nullable());
      }
    }
    throw new IllegalArgumentException("there is no column " + name);
  }

  static Expression.Literal constant(Object value, DataType type) {
    return new Expression.Literal(value, type);
  }

  static Expression compare(Expression left, ComparisonOperator operator, Object constant) {
    return new Expression.Comparison(operator, left, constant(constant, left.type()));
  }

  static Expression in(Expression value, Object... constants) {
    return new Expression.InList(
        value, Arrays.stream(constants).map(each -> constant(each, value.type())).toList());
  }

  static Expression times(Expression left, Expression right) {
    return new Expression.Arithmetic(
        ArithmeticOperator.MULTIPLY,
        left,
        right,
        DecimalTypes.multiply(DecimalTypes.of(left.type()), DecimalTypes.of(right.type())));
  }

  static Expression minus(Expression left, Expression right) {
    return sum(ArithmeticOperator.SUBTRACT, left, right);
  }

  static Expression plus(Expression left, Expression right) {
    return sum(ArithmeticOperator.ADD, left, right);
  }

  private static Expression sum(ArithmeticOperator operator, Expression left, Expression right) {
    return new Expression.Arithmetic(
        operator,
        left,
        right,
        DecimalTypes.add(DecimalTypes.of(left.type()), DecimalTypes.of(right.type())));
  }
}
