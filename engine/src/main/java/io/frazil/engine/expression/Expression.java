package io.frazil.engine.expression;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A typed expression over the columns of one input, by position.
///
/// The contract of each operator: SQL's three-valued logic; AND, OR, CASE and COALESCE guard what
/// stands behind them, so that `x <> 0 AND 1 / x > 2` never divides by zero. Operand types are as
/// each record says; a plan that breaks this is a bug of the planner.
public sealed interface Expression {
  DataType type();

  /// Whether the value may be null. `false` is a promise, `true` is not.
  boolean nullable();

  /// What it is computed from, in order.
  List<Expression> operands();

  /// Column `index` of the input; `name` is for people.
  record Column(int index, String name, DataType type, boolean nullable) implements Expression {
    @Override
    public List<Expression> operands() {
      return List.of();
    }
  }

  /// A constant.
  ///
  /// @param value `Boolean`; `Long` for the integers, DATE (days) and TIMESTAMP (its units);
  ///   `Double` for REAL, rounded to a float, and DOUBLE; `BigDecimal` of the type's scale;
  ///   `String`; or null
  record Literal(@Nullable Object value, DataType type) implements Expression {
    public Literal {
      value = LiteralJson.checked(value, type);
    }

    @Override
    public boolean nullable() {
      return value == null;
    }

    @Override
    public List<Expression> operands() {
      return List.of();
    }
  }

  /// False if any is false, else null if any is null, else true; from the left, stopping early.
  record And(List<Expression> operands) implements Expression {
    public And {
      operands = List.copyOf(operands);
    }

    @Override
    public DataType type() {
      return Types.BOOLEAN;
    }

    @Override
    public boolean nullable() {
      return anyNullable(operands);
    }
  }

  /// True if any is true, else null if any is null, else false; from the left, stopping early.
  record Or(List<Expression> operands) implements Expression {
    public Or {
      operands = List.copyOf(operands);
    }

    @Override
    public DataType type() {
      return Types.BOOLEAN;
    }

    @Override
    public boolean nullable() {
      return anyNullable(operands);
    }
  }

  record Not(Expression operand) implements Expression {
    @Override
    public DataType type() {
      return Types.BOOLEAN;
    }

    @Override
    public boolean nullable() {
      return operand.nullable();
    }

    @Override
    public List<Expression> operands() {
      return List.of(operand);
    }
  }

  record IsNull(Expression operand) implements Expression {
    @Override
    public DataType type() {
      return Types.BOOLEAN;
    }

    @Override
    public boolean nullable() {
      return false;
    }

    @Override
    public List<Expression> operands() {
      return List.of(operand);
    }
  }

  /// Compares two values of one type (decimals: of one scale). NaN equals itself and is greatest,
  /// -0.0 equals 0.0, text compares by unsigned UTF-8 bytes.
  record Comparison(ComparisonOperator operator, Expression left, Expression right)
      implements Expression {
    @Override
    public DataType type() {
      return Types.BOOLEAN;
    }

    @Override
    public boolean nullable() {
      return !operator.nullSafe() && (left.nullable() || right.nullable());
    }

    @Override
    public List<Expression> operands() {
      return List.of(left, right);
    }
  }

  /// Whether the value equals any of the constants, which are of its type and not null (`x IN (1,
  /// NULL)` is `x IN (1) OR NULL`).
  record InList(Expression value, List<Literal> list) implements Expression {
    public InList {
      list = List.copyOf(list);
    }

    @Override
    public DataType type() {
      return Types.BOOLEAN;
    }

    @Override
    public boolean nullable() {
      return value.nullable();
    }

    @Override
    public List<Expression> operands() {
      return List.of(value);
    }
  }

  /// `left operator right`, both of type `type`; decimals may differ in precision and scale, and
  /// `type` is then what `DecimalTypes` says. Integers and decimals that overflow, and division by
  /// zero of either, are errors.
  record Arithmetic(ArithmeticOperator operator, Expression left, Expression right, DataType type)
      implements Expression {
    @Override
    public boolean nullable() {
      return left.nullable() || right.nullable();
    }

    @Override
    public List<Expression> operands() {
      return List.of(left, right);
    }
  }

  /// Minus the value: overflows for the smallest integer.
  record Negate(Expression operand) implements Expression {
    @Override
    public DataType type() {
      return operand.type();
    }

    @Override
    public boolean nullable() {
      return operand.nullable();
    }

    @Override
    public List<Expression> operands() {
      return List.of(operand);
    }
  }

  /// The value as another type. What cannot be converted is an error, or null where `onError` says
  /// so (`TRY_CAST`).
  record Cast(Expression operand, DataType type, OnError onError) implements Expression {
    @Override
    public boolean nullable() {
      return operand.nullable() || onError == OnError.NULL;
    }

    @Override
    public List<Expression> operands() {
      return List.of(operand);
    }
  }

  /// What a failing cast gives.
  enum OnError {
    FAIL,
    NULL
  }

  /// The result of the first branch whose condition is true, else `otherwise`. Results are all of
  /// type `type`.
  record Case(List<Branch> branches, Expression otherwise, DataType type) implements Expression {
    public Case {
      branches = List.copyOf(branches);
    }

    @Override
    public boolean nullable() {
      return otherwise.nullable() || branches.stream().anyMatch(b -> b.result().nullable());
    }

    @Override
    public List<Expression> operands() {
      var operands = new ArrayList<Expression>();
      branches.forEach(b -> {
        operands.add(b.condition());
        operands.add(b.result());
      });
      operands.add(otherwise);
      return List.copyOf(operands);
    }
  }

  /// One WHEN of a [Case].
  record Branch(Expression condition, Expression result) {}

  /// The first that is not null. All are of one type.
  record Coalesce(List<Expression> operands) implements Expression {
    public Coalesce {
      operands = List.copyOf(operands);
    }

    @Override
    public DataType type() {
      return operands.getFirst().type();
    }

    @Override
    public boolean nullable() {
      return operands.stream().allMatch(Expression::nullable);
    }
  }

  /// A function of the registry, by name; arguments are already of the types its signature asks
  /// for.
  record Call(String function, List<Expression> operands, DataType type, boolean nullable)
      implements Expression {
    public Call {
      operands = List.copyOf(operands);
    }
  }

  private static boolean anyNullable(List<Expression> operands) {
    return operands.stream().anyMatch(Expression::nullable);
  }
}
