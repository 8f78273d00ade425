package io.frazil.sql;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Arithmetic;
import io.frazil.engine.expression.Expression.Call;
import io.frazil.engine.expression.Expression.Cast;
import io.frazil.engine.expression.Expression.Comparison;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.expression.Expression.Negate;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;

/// The few constant expressions that the tests' queries have, without kernels.
final class TestFolder implements ConstantFolder {
  @Override
  public Expression fold(Expression e, FunctionRegistry functions) {
    return switch (e) {
      case Arithmetic(var operator, var left, var right, var type) ->
          arithmetic(new Arithmetic(operator, fold(left, functions), fold(right, functions), type));
      case Comparison(var operator, var left, var right) ->
          new Comparison(operator, fold(left, functions), fold(right, functions));
      case Negate(var operand)
          when fold(operand, functions) instanceof Literal(Long n, DataType type) ->
          new Literal(-n, type);
      case Cast(var operand, var type, var onError) ->
          cast(new Cast(fold(operand, functions), type, onError));
      case Call(var name, var operands, var type, var nullable) ->
          call(
              new Call(
                  name, operands.stream().map(o -> fold(o, functions)).toList(), type, nullable));
      default -> e;
    };
  }

  private static Expression arithmetic(Arithmetic e) {
    if (!(e.left() instanceof Literal a && e.right() instanceof Literal b)) {
      return e;
    }
    if (a.value() instanceof BigDecimal x && b.value() instanceof BigDecimal y) {
      return switch (e.operator()) {
        case ADD -> decimal(x.add(y), e.type());
        case SUBTRACT -> decimal(x.subtract(y), e.type());
        case MULTIPLY -> decimal(x.multiply(y), e.type());
        case DIVIDE, MODULO -> e;
      };
    }
    if (a.value() instanceof Long x && b.value() instanceof Long y) {
      return switch (e.operator()) {
        case ADD -> new Literal(x + y, e.type());
        case SUBTRACT -> new Literal(x - y, e.type());
        case MULTIPLY -> new Literal(x * y, e.type());
        case DIVIDE, MODULO -> e;
      };
    }
    return e;
  }

  private static Expression decimal(BigDecimal value, DataType type) {
    return type instanceof DataType.Decimal(int _, int scale)
        ? new Literal(value.setScale(scale, RoundingMode.HALF_UP), type)
        : new Literal(value.longValue(), type);
  }

  private static Expression cast(Cast e) {
    if (!(e.operand() instanceof Literal literal)) {
      return e;
    }
    return switch (literal.value()) {
      case null -> new Literal(null, e.type());
      case BigDecimal d when e.type().isNumeric() && !e.type().isFloating() -> decimal(d, e.type());
      case Long n when e.type() instanceof DataType.Decimal ->
          decimal(BigDecimal.valueOf(n), e.type());
      case Long n
          when e.type() instanceof DataType.Timestamp(int precision, boolean _)
              && literal.type() instanceof DataType.Timestamp(int given, boolean _)
              && precision == given ->
          new Literal(n, e.type());
      case Long n when e.type().isInteger() -> new Literal(n, e.type());
      case String s when e.type() == Types.DATE ->
          new Literal(LocalDate.parse(s).toEpochDay(), Types.DATE);
      default -> e;
    };
  }

  private static Expression call(Call e) {
    List<Expression> operands = e.operands();
    if (operands.size() == 2
        && operands.get(0) instanceof Literal(Long days, DataType type)
        && operands.get(1) instanceof Literal(Long amount, DataType _)) {
      LocalDate date = LocalDate.ofEpochDay(days);
      return switch (e.function()) {
        case "date_add_months" -> new Literal(date.plusMonths(amount).toEpochDay(), type);
        case "date_add_days" -> new Literal(date.plusDays(amount).toEpochDay(), type);
        default -> e;
      };
    }
    return e;
  }
}
