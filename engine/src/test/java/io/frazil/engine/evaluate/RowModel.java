package io.frazil.engine.evaluate;

import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// What each expression means, one row at a time on Java's own numbers: slow and plain, to hold the
/// kernels against. Errors are [ArithmeticException]s.
final class RowModel {
  private final Object[] row;

  RowModel(Object... row) {
    this.row = row;
  }

  Object value(Expression expression) {
    return switch (expression) {
      case Expression.Column column -> row[column.index()];
      case Literal literal -> literal.value();
      case Expression.And(List<Expression> operands) -> logical(operands, false);
      case Expression.Or(List<Expression> operands) -> logical(operands, true);
      case Expression.Not(Expression operand) ->
          value(operand) instanceof Boolean truth ? !truth : null;
      case Expression.IsNull(Expression operand) -> value(operand) == null;
      case Expression.Comparison(var operator, var left, var right) ->
          comparison(operator, value(left), value(right));
      case Expression.InList(Expression value, List<Literal> list) -> {
        Object x = value(value);
        yield x == null ? null : list.stream().anyMatch(l -> compare(x, l.value()) == 0);
      }
      case Expression.Arithmetic arithmetic -> arithmetic(arithmetic);
      case Expression.Negate(Expression operand) ->
          switch (value(operand)) {
            case null -> null;
            case Double d -> -d;
            case BigDecimal d -> d.negate();
            case Object l -> inRange(BigInteger.valueOf((Long) l).negate(), operand.type());
          };
      case Expression.Cast cast -> throw new AssertionError("no cast: " + cast);
      case Expression.Case(var branches, Expression otherwise, var _) -> {
        for (var branch : branches) {
          if (isTrue(branch.condition())) {
            yield value(branch.result());
          }
        }
        yield value(otherwise);
      }
      case Expression.Coalesce(List<Expression> operands) -> {
        Object found = null;
        for (int i = 0; i < operands.size() && found == null; i++) {
          found = value(operands.get(i));
        }
        yield found;
      }
      case Expression.Call call -> throw new AssertionError("no call: " + call);
    };
  }

  /// As a condition: a null decides as a false does, so that what stands behind it is not asked.
  private boolean isTrue(Expression condition) {
    return switch (condition) {
      case Expression.And(List<Expression> operands) -> operands.stream().allMatch(this::isTrue);
      case Expression.Or(List<Expression> operands) -> operands.stream().anyMatch(this::isTrue);
      case Expression.Not(Expression operand) -> isFalse(operand);
      default -> Boolean.TRUE.equals(value(condition));
    };
  }

  private boolean isFalse(Expression condition) {
    return switch (condition) {
      case Expression.And(List<Expression> operands) -> operands.stream().anyMatch(this::isFalse);
      case Expression.Or(List<Expression> operands) -> operands.stream().allMatch(this::isFalse);
      case Expression.Not(Expression operand) -> isTrue(operand);
      default -> Boolean.FALSE.equals(value(condition));
    };
  }

  private Boolean logical(List<Expression> operands, boolean decisive) {
    boolean anyNull = false;
    for (Expression operand : operands) {
      Object value = value(operand);
      if (value == null) {
        anyNull = true;
      } else if ((Boolean) value == decisive) {
        return decisive;
      }
    }
    return anyNull ? null : !decisive;
  }

  private static Boolean comparison(ComparisonOperator operator, Object a, Object b) {
    if (operator.nullSafe()) {
      boolean same = a == null || b == null ? a == b : compare(a, b) == 0;
      return same == (operator == ComparisonOperator.NOT_DISTINCT);
    }
    if (a == null || b == null) {
      return null;
    }
    int order = compare(a, b);
    return switch (operator) {
      case EQUAL, NOT_DISTINCT -> order == 0;
      case NOT_EQUAL, DISTINCT -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }

  static int compare(Object a, Object b) {
    return switch (a) {
      case Boolean x -> x.compareTo((Boolean) b);
      case Long x -> x.compareTo((Long) b);
      case Double x -> Double.compare(x + 0.0, (Double) b + 0.0);
      case BigDecimal x -> x.compareTo((BigDecimal) b);
      case String x ->
          Arrays.compareUnsigned(
              x.getBytes(StandardCharsets.UTF_8), ((String) b).getBytes(StandardCharsets.UTF_8));
      case Object x -> throw new AssertionError(x.getClass());
    };
  }

  private Object arithmetic(Expression.Arithmetic expression) {
    Object a = value(expression.left());
    Object b = value(expression.right());
    if (a == null || b == null) {
      return null;
    }
    return switch (a) {
      case Double x -> floating(expression, x, (Double) b);
      case BigDecimal x -> decimal(expression, x, (BigDecimal) b);
      case Object x -> whole(expression, BigInteger.valueOf((Long) x), (Long) b);
    };
  }

  private static Object floating(Expression.Arithmetic expression, double a, double b) {
    double value =
        switch (expression.operator()) {
          case ADD -> a + b;
          case SUBTRACT -> a - b;
          case MULTIPLY -> a * b;
          case DIVIDE -> a / b;
          case MODULO -> a % b;
        };
    return expression.type() == Types.REAL ? (double) (float) value : value;
  }

  private static Object whole(Expression.Arithmetic expression, BigInteger a, long right) {
    BigInteger b = BigInteger.valueOf(right);
    return inRange(
        switch (expression.operator()) {
          case ADD -> a.add(b);
          case SUBTRACT -> a.subtract(b);
          case MULTIPLY -> a.multiply(b);
          case DIVIDE -> a.divide(b);
          case MODULO -> a.remainder(b);
        },
        expression.type());
  }

  private static Object inRange(BigInteger value, DataType type) {
    int bits =
        switch (type) {
          case DataType.Simple.TINYINT -> 7;
          case DataType.Simple.SMALLINT -> 15;
          case DataType.Simple.INTEGER -> 31;
          default -> 63;
        };
    if (value.bitLength() > bits) {
      throw new ArithmeticException(value + " of " + type.text());
    }
    return value.longValue();
  }

  private static Object decimal(Expression.Arithmetic expression, BigDecimal a, BigDecimal b) {
    var type = (DataType.Decimal) expression.type();
    BigDecimal value =
        switch (expression.operator()) {
          case ADD -> a.add(b);
          case SUBTRACT -> a.subtract(b);
          case MULTIPLY -> a.multiply(b);
          case DIVIDE -> a.divide(b, type.scale(), RoundingMode.HALF_UP);
          case MODULO -> a.remainder(b);
        };
    value = value.setScale(type.scale(), RoundingMode.HALF_UP);
    if (value.precision() > type.precision()) {
      throw new ArithmeticException(value + " of " + type.text());
    }
    return value;
  }
}
