package io.frazil.engine.evaluate;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Comparison;
import io.frazil.engine.expression.Expression.Literal;
import java.util.Optional;

/// A comparison with a constant: `value` lies in `range`.
record Ranged(Expression value, Range range) {
  static Optional<Ranged> of(Comparison comparison) {
    if (comparison.right() instanceof Literal literal) {
      return Range.of(comparison.operator(), literal).map(r -> new Ranged(comparison.left(), r));
    }
    if (comparison.left() instanceof Literal literal) {
      return Range.of(comparison.operator().flipped(), literal)
          .map(r -> new Ranged(comparison.right(), r));
    }
    return Optional.empty();
  }
}
