package io.frazil.sql.physical;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Cast;
import io.frazil.engine.expression.Expression.Column;
import java.util.List;

/// Composes projections that only pick, order and cast.
final class Substitution {
  private Substitution() {}

  static boolean isSimple(List<Expression> expressions) {
    return expressions.stream()
        .allMatch(e ->
            e instanceof Column || (e instanceof Cast cast && cast.operand() instanceof Column));
  }

  /// `expressions` over what `inner` gives, as expressions over what `inner` takes.
  static List<Expression> into(List<Expression> expressions, List<Expression> inner) {
    return expressions.stream().map(e -> into(e, inner)).toList();
  }

  private static Expression into(Expression expression, List<Expression> inner) {
    return switch (expression) {
      case Column column -> inner.get(column.index());
      case Cast(Column column, var type, var onError) ->
          new Cast(inner.get(column.index()), type, onError);
      default -> throw new IllegalArgumentException("not simple: " + expression);
    };
  }
}
