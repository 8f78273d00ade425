package io.frazil.sql.translate;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.type.DataType;

/// The types that the two sides of a join's key are brought to: one and the same, as equal values
/// must have equal hashes.
public final class KeyTypes {
  private KeyTypes() {}

  public static DataType common(DataType a, DataType b) {
    return Casts.common(a, b);
  }

  public static Expression cast(Expression key, DataType type) {
    return Casts.to(key, type);
  }
}
