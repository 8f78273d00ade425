package io.frazil.engine.function;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
import java.util.List;
import java.util.Optional;

/// A function of one row: of SQL's own or of a user's.
public interface ScalarFunction {
  /// The name it is called by, in lower case.
  String name();

  /// How it would be called with arguments of these types, or empty where it can't be.
  Optional<Signature> resolve(List<DataType> arguments);

  Volatility volatility();

  /// Whether any null argument makes the result null: then its results over a dictionary's entries
  /// say all about the rows that refer to it. `false` is not a promise.
  default boolean isStrict() {
    return false;
  }

  /// Whether a call with these arguments may raise an error for some row: if not, it may be
  /// computed for rows that nobody asked for, and before other conditions.
  default boolean canFail(List<Expression> arguments) {
    return true;
  }

  /// Prepares a call; literal arguments can be taken apart once here (a LIKE pattern). Called once
  /// for each thread, so the body may keep scratch space.
  Body bind(List<Expression> arguments);

  /// What a call takes and gives.
  ///
  /// @param arguments the types that arguments are cast to
  /// @param nullable whether the result may be null although no argument is
  record Signature(List<DataType> arguments, DataType result, boolean nullable) {
    public Signature {
      arguments = List.copyOf(arguments);
    }
  }

  /// Whether equal arguments give equal results.
  enum Volatility {
    /// Always: can be computed while planning.
    IMMUTABLE,
    /// Within a query.
    STABLE,
    /// Not even from row to row.
    VOLATILE
  }

  /// Computes a batch at a time.
  @FunctionalInterface
  interface Body {
    /// The value of each live row; other rows may hold anything, null slots hold zero.
    ///
    /// @param arguments of equal length, any of them possibly a dictionary
    /// @param rows the live rows; errors may be raised only for these
    Vector evaluate(Vector[] arguments, Rows rows);
  }
}
