package io.frazil.engine.evaluate;

import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// A common subexpression: computed once for all rows that its first user wants, and again only
/// when another user wants more of them.
final class SharedEvaluator extends Evaluator {
  private final Evaluator evaluator;
  private @Nullable Input computed;
  private @Nullable Vector result;

  SharedEvaluator(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  @Override
  Vector evaluate(Input input) {
    Vector known = result;
    Input before = computed;
    if (known != null && before != null && input.isWithin(before)) {
      return known;
    }
    computed = null;
    Vector fresh = evaluator.evaluate(input);
    computed = input;
    result = fresh;
    return fresh;
  }

  @Override
  int select(Input input, int[] out) {
    return result != null && computed != null && input.isWithin(computed)
        ? super.select(input, out)
        : evaluator.select(input, out);
  }
}
