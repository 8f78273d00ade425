package io.frazil.sql.translate;

import static io.frazil.engine.expression.ArithmeticOperator.ADD;
import static io.frazil.engine.expression.ArithmeticOperator.MULTIPLY;
import static io.frazil.engine.expression.ArithmeticOperator.SUBTRACT;

import io.frazil.engine.expression.ArithmeticOperator;
import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Arithmetic;
import io.frazil.engine.expression.Expression.Comparison;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.DecimalTypes;
import io.frazil.engine.type.Types;
import java.util.List;

/// Operators with their operands brought to types that fit each other.
final class Operators {
  private Operators() {}

  static Expression compare(ComparisonOperator operator, Expression left, Expression right) {
    List<Expression> operands =
        switch (Casts.uncast(left, List.of(right))) {
          case Casts.Uncast(Expression column, List<Literal> bounds) ->
              List.of(column, bounds.getFirst());
          case null ->
              switch (Casts.uncast(right, List.of(left))) {
                case Casts.Uncast(Expression column, List<Literal> bounds) ->
                    List.of(bounds.getFirst(), column);
                case null -> Casts.comparable(left, right);
              };
        };
    return new Comparison(operator, operands.get(0), operands.get(1));
  }

  /// @param wanted what the whole is to be; a result of another type is cast to it
  static Expression arithmetic(
      ArithmeticOperator operator, Expression left, Expression right, DataType wanted) {
    DataType a = left.type();
    DataType b = right.type();
    boolean exact = !a.isFloating() && !b.isFloating();
    boolean decimal = a instanceof DataType.Decimal || b instanceof DataType.Decimal;
    if (exact && decimal) {
      DataType.Decimal x = DecimalTypes.of(a);
      DataType.Decimal y = DecimalTypes.of(b);
      var result =
          new Arithmetic(operator, Casts.to(left, x), Casts.to(right, y), decimal(operator, x, y));
      return Casts.to(result, wanted);
    }
    // Calcite gives `a % b` the type of b: the operation is done in one that holds both operands.
    DataType operands = Casts.common(a, b);
    DataType type = wanted instanceof DataType.Decimal ? operands : Casts.common(operands, wanted);
    var result = new Arithmetic(operator, Casts.to(left, type), Casts.to(right, type), type);
    return Casts.to(result, wanted);
  }

  private static DataType decimal(
      ArithmeticOperator operator, DataType.Decimal a, DataType.Decimal b) {
    return switch (operator) {
      case ADD, SUBTRACT -> DecimalTypes.add(a, b);
      case MULTIPLY -> DecimalTypes.multiply(a, b);
      case DIVIDE -> DecimalTypes.divide(a, b);
      case MODULO -> DecimalTypes.modulo(a, b);
    };
  }

  /// `amount * factor` as a BIGINT.
  static Expression times(Expression amount, long factor) {
    Expression wide = Casts.to(amount, Types.BIGINT);
    if (wide instanceof Expression.Literal(Object value, DataType _) && value instanceof Long n) {
      return new Expression.Literal(Math.multiplyExact(n, factor), Types.BIGINT);
    }
    return factor == 1
        ? wide
        : new Arithmetic(
            MULTIPLY, wide, new Expression.Literal(factor, Types.BIGINT), Types.BIGINT);
  }

  static ArithmeticOperator sum(boolean minus) {
    return minus ? SUBTRACT : ADD;
  }
}
