package io.frazil.engine.evaluate;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Comparison;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `x >= a AND ... AND x < b` → one test of `x`, at the place of the first.
///
/// Only among neighbours that cannot fail: those neither raise an error earlier than they should,
/// nor hide one.
final class RangeFusion {
  /// A condition, as it was or fused.
  sealed interface Part permits Plain, Fused {}

  record Plain(Expression condition) implements Part {}

  record Fused(Ranged ranged) implements Part {}

  private final Traits traits;

  RangeFusion(Traits traits) {
    this.traits = traits;
  }

  List<Part> fuse(List<Expression> conditions) {
    var parts = new ArrayList<Part>();
    int runStart = 0;
    for (Expression condition : conditions) {
      if (traits.canFail(condition)) {
        parts.add(new Plain(condition));
        runStart = parts.size();
      } else if (!fuse(condition, parts.subList(runStart, parts.size()))) {
        parts.add(new Plain(condition));
      }
    }
    return parts;
  }

  private static boolean fuse(Expression condition, List<Part> run) {
    Optional<Ranged> ranged = ranged(condition);
    for (int i = 0; ranged.isPresent() && i < run.size(); i++) {
      Optional<Ranged> before = ranged(run.get(i));
      if (before.isPresent() && before.get().value().equals(ranged.get().value())) {
        Optional<Range> both = before.get().range().and(ranged.get().range());
        if (both.isPresent()) {
          run.set(i, new Fused(new Ranged(ranged.get().value(), both.get())));
          return true;
        }
      }
    }
    return false;
  }

  private static Optional<Ranged> ranged(Part part) {
    return switch (part) {
      case Plain(Expression condition) -> ranged(condition);
      case Fused(Ranged ranged) -> Optional.of(ranged);
    };
  }

  private static Optional<Ranged> ranged(Expression condition) {
    return condition instanceof Comparison comparison ? Ranged.of(comparison) : Optional.empty();
  }
}
