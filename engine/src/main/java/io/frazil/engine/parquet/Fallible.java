package io.frazil.engine.parquet;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.type.DataType;

/// Which expressions can raise an error for some value, and so must not see rows that conjuncts in
/// front of them drop.
final class Fallible {
  private Fallible() {}

  static boolean canFail(Expression expression) {
    boolean own =
        switch (expression) {
          case Expression.Column _,
              Expression.Literal _,
              Expression.And _,
              Expression.Or _,
              Expression.Not _,
              Expression.IsNull _,
              Expression.Comparison _,
              Expression.InList _,
              Expression.Case _,
              Expression.Coalesce _ ->
              false;
          case Expression.Arithmetic arithmetic -> !arithmetic.type().isFloating();
          case Expression.Negate negate -> !negate.type().isFloating();
          case Expression.Cast cast -> canFail(cast);
          // Nothing says of a function whether it can.
          case Expression.Call _ -> true;
        };
    return own || expression.operands().stream().anyMatch(Fallible::canFail);
  }

  private static boolean canFail(Expression.Cast cast) {
    if (cast.onError() == Expression.OnError.NULL) {
      return false;
    }
    DataType from = cast.operand().type();
    DataType to = cast.type();
    if (from.equals(to) || (from.isNumeric() && to == DataType.Simple.DOUBLE)) {
      return false;
    }
    boolean widerInteger =
        from.isInteger()
            && to.isInteger()
            && ((DataType.Simple) from).ordinal() <= ((DataType.Simple) to).ordinal();
    boolean widerDecimal =
        from instanceof DataType.Decimal(int precision, int scale)
            && to instanceof DataType.Decimal(int toPrecision, int toScale)
            && toScale >= scale
            && toPrecision - toScale >= precision - scale;
    return !widerInteger && !widerDecimal;
  }
}
