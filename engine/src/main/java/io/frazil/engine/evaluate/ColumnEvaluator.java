package io.frazil.engine.evaluate;

import io.frazil.engine.vector.Vector;

/// A column of the input, as it is.
final class ColumnEvaluator extends Evaluator {
  private final int index;

  ColumnEvaluator(int index) {
    this.index = index;
  }

  @Override
  Vector evaluate(Input input) {
    return input.column(index);
  }
}
