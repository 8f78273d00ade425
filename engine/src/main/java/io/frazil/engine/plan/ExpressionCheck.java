package io.frazil.engine.plan;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.PhysicalType;
import io.frazil.engine.type.Schema;
import java.util.List;
import java.util.Objects;

/// Whether an expression that came from elsewhere can be computed over an input: see [PlanCheck].
/// What is right is not put into words, for which a new process loads the data of its locale.
final class ExpressionCheck {
  private static final DataType BOOLEAN = DataType.Simple.BOOLEAN;

  private ExpressionCheck() {}

  /// @throws IllegalArgumentException where it cannot
  static void check(Expression expression, Schema input) {
    expression.operands().forEach(operand -> check(operand, input));
    Objects.requireNonNull(expression.type());
    switch (expression) {
      case Expression.Column column -> {
        position(column.index(), input.size());
        alike(column.type(), input.type(column.index()));
      }
      case Expression.And(var operands) -> conditions(operands);
      case Expression.Or(var operands) -> conditions(operands);
      case Expression.Not(var operand) -> alike(operand.type(), BOOLEAN);
      case Expression.Comparison(var operator, var left, var right) -> {
        Objects.requireNonNull(operator);
        alike(left.type(), right.type());
      }
      case Expression.InList(var value, var list) -> {
        for (Literal literal : list) {
          alike(literal.type(), value.type());
          require(literal.value() != null, "null is in a list");
        }
      }
      case Expression.Arithmetic arithmetic -> arithmetic(arithmetic);
      case Expression.Negate(var operand) -> number(operand.type());
      case Expression.Case(var branches, var otherwise, var type) -> {
        alike(otherwise.type(), type);
        for (Expression.Branch branch : branches) {
          alike(branch.condition().type(), BOOLEAN);
          alike(branch.result().type(), type);
        }
      }
      case Expression.Coalesce(var operands) -> {
        require(!operands.isEmpty(), "nothing to choose from");
        operands.forEach(operand -> alike(operand.type(), expression.type()));
      }
      // What casts there are, and how functions are called, is found out in making them.
      case Expression.Cast cast -> Objects.requireNonNull(cast.onError());
      case Expression.Call call -> Objects.requireNonNull(call.function());
      case Literal _, Expression.IsNull _ -> {}
    }
  }

  /// @throws IllegalArgumentException where there is no such column
  static void position(int position, int size) {
    if (position < 0 || position >= size) {
      throw new IllegalArgumentException("column %d of %d".formatted(position, size));
    }
  }

  /// @throws IllegalArgumentException where values of the types do not lie in memory alike
  static void alike(List<DataType> some, List<DataType> others) {
    if (some.size() != others.size()) {
      throw new IllegalArgumentException(
          "%d columns, not %d".formatted(some.size(), others.size()));
    }
    for (int i = 0; i < some.size(); i++) {
      alike(some.get(i), others.get(i));
    }
  }

  private static void alike(DataType one, DataType other) {
    if (kind(one) != kind(other)) {
      throw new IllegalArgumentException(
          "%s where %s is expected".formatted(one.text(), other.text()));
    }
  }

  /// Decimals of one width may come in the other.
  private static PhysicalType kind(DataType type) {
    return type instanceof DataType.Decimal ? PhysicalType.INT128 : type.physical();
  }

  private static void arithmetic(Expression.Arithmetic arithmetic) {
    DataType type = arithmetic.type();
    Objects.requireNonNull(arithmetic.operator());
    number(type);
    for (Expression operand : arithmetic.operands()) {
      if (type instanceof DataType.Decimal) {
        if (!(operand.type() instanceof DataType.Decimal)) {
          throw new IllegalArgumentException(
              "%s where a decimal is expected".formatted(operand.type().text()));
        }
      } else {
        alike(operand.type(), type);
      }
    }
  }

  private static void number(DataType type) {
    boolean isNumber =
        switch (type.physical()) {
          case INT, LONG, INT128, DOUBLE -> true;
          case BOOLEAN, STRING -> false;
        };
    if (!isNumber) {
      throw new IllegalArgumentException("%s where a number is expected".formatted(type.text()));
    }
  }

  private static void conditions(List<Expression> operands) {
    operands.forEach(operand -> alike(operand.type(), BOOLEAN));
  }

  static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
