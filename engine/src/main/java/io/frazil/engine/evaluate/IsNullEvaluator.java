package io.frazil.engine.evaluate;

import io.frazil.engine.kernel.Selections;
import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// IS NULL, or IS NOT NULL.
final class IsNullEvaluator extends SelectingEvaluator {
  private final Evaluator operand;
  private final boolean negated;

  IsNullEvaluator(Evaluator operand, boolean negated) {
    this.operand = operand;
    this.negated = negated;
  }

  @Override
  long @Nullable [] validity() {
    return null;
  }

  @Override
  int select(Input input, int[] out) {
    Vector values = operand.evaluate(input);
    return negated
        ? Selections.whereValid(values.validity(), input.positions(), input.count(), out)
        : Selections.whereNull(values.validity(), input.positions(), input.count(), out);
  }
}
