package io.frazil.engine.evaluate;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Arithmetic;
import io.frazil.engine.expression.Expression.Call;
import io.frazil.engine.expression.Expression.Cast;
import io.frazil.engine.expression.Expression.Column;
import io.frazil.engine.expression.Expression.Comparison;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.expression.Expression.Negate;
import io.frazil.engine.expression.Expression.OnError;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.function.ScalarFunction;
import io.frazil.engine.function.ScalarFunction.Volatility;
import io.frazil.engine.type.DataType.Decimal;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;

/// What can be said of an expression without computing it.
final class Traits {
  private final FunctionRegistry functions;

  Traits(FunctionRegistry functions) {
    this.functions = functions;
  }

  /// Whether some row may raise an error.
  boolean canFail(Expression expression) {
    boolean itself =
        switch (expression) {
          case Arithmetic a -> !a.type().isFloating() && !dividesByNonZero(a) && !hasRoom(a);
          case Negate n -> n.type().isInteger();
          case Cast(Expression operand, var type, OnError onError) ->
              onError == OnError.FAIL && io.frazil.engine.kernel.Cast.canFail(operand.type(), type);
          case Call call -> functions.requireScalar(call.function()).canFail(call.operands());
          case Column _, Literal _, Comparison _ -> false;
          case Expression.And _, Expression.Or _, Expression.Not _, Expression.IsNull _ -> false;
          case Expression.InList _, Expression.Case _, Expression.Coalesce _ -> false;
        };
    return itself || expression.operands().stream().anyMatch(this::canFail);
  }

  /// Integer division by a constant other than 0 and -1 cannot fail.
  private static boolean dividesByNonZero(Arithmetic arithmetic) {
    boolean divides =
        switch (arithmetic.operator()) {
          case DIVIDE, MODULO -> arithmetic.type().isInteger();
          case ADD, SUBTRACT, MULTIPLY -> false;
        };
    return divides
        && arithmetic.right() instanceof Literal(Object value, var _)
        && value instanceof Long divisor
        && divisor != 0
        && divisor != -1;
  }

  /// A decimal sum or product cannot fail where its type was given all digits it may need.
  private static boolean hasRoom(Arithmetic arithmetic) {
    if (!(arithmetic.left().type() instanceof Decimal(int p1, int s1))
        || !(arithmetic.right().type() instanceof Decimal(int p2, int s2))) {
      return false;
    }
    int max = Decimal.MAX_PRECISION;
    return switch (arithmetic.operator()) {
      case ADD, SUBTRACT -> Math.max(p1 - s1, p2 - s2) + 1 + Math.max(s1, s2) <= max;
      case MULTIPLY -> p1 + p2 <= max;
      case DIVIDE, MODULO -> false;
    };
  }

  /// Whether equal inputs always give equal values.
  boolean isImmutable(Expression expression) {
    boolean itself =
        !(expression instanceof Call call)
            || functions.requireScalar(call.function()).volatility() == Volatility.IMMUTABLE;
    return itself && expression.operands().stream().allMatch(this::isImmutable);
  }

  /// Whether each mention has its own value, so that two are not the same.
  boolean isVolatile(Expression expression) {
    boolean itself =
        expression instanceof Call call
            && functions.requireScalar(call.function()).volatility() == Volatility.VOLATILE;
    return itself || expression.operands().stream().anyMatch(this::isVolatile);
  }

  /// The one column that the expression is a function of, if it is null wherever that is and has
  /// the same value for the same entry of it.
  OptionalInt onlyColumn(Expression expression) {
    Set<Integer> columns = new HashSet<>();
    collectColumns(expression, columns);
    return columns.size() == 1 && isNullWithColumn(expression) && isImmutable(expression)
        ? OptionalInt.of(columns.iterator().next())
        : OptionalInt.empty();
  }

  private static void collectColumns(Expression expression, Set<Integer> columns) {
    if (expression instanceof Column column) {
      columns.add(column.index());
    }
    expression.operands().forEach(o -> collectColumns(o, columns));
  }

  /// Whether it is null wherever its column (there is one only) is null.
  private boolean isNullWithColumn(Expression expression) {
    return switch (expression) {
      case Column _ -> true;
      case Literal _, Expression.IsNull _, Expression.Case _, Expression.Coalesce _ -> false;
      case Expression.And and -> and.operands().stream().allMatch(this::isNullWithColumn);
      case Expression.Or or -> or.operands().stream().allMatch(this::isNullWithColumn);
      case Comparison c when c.operator().nullSafe() -> false;
      case Call call -> isStrict(call) && anyIsNull(call);
      case Comparison _, Arithmetic _, Negate _, Cast _ -> anyIsNull(expression);
      case Expression.Not _, Expression.InList _ -> anyIsNull(expression);
    };
  }

  private boolean anyIsNull(Expression expression) {
    return expression.operands().stream().anyMatch(this::isNullWithColumn);
  }

  private boolean isStrict(Call call) {
    ScalarFunction function = functions.requireScalar(call.function());
    return function.isStrict();
  }
}
