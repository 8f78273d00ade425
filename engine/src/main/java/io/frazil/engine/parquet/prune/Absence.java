package io.frazil.engine.parquet.prune;

import io.frazil.engine.expression.Expression.Literal;

/// Knows of values that no row has, as bloom filters do.
@FunctionalInterface
public interface Absence {
  /// Nothing is known.
  Absence UNKNOWN = (_, _) -> false;

  /// Whether no row has a value in a column; false where that isn't certain.
  ///
  /// @param value not null
  boolean isAbsent(int column, Literal value);
}
