package io.frazil.engine.evaluate;

import io.frazil.engine.kernel.Flattener;
import io.frazil.engine.vector.Vector;

/// An operand whose consumer wants values and no dictionaries.
final class Operand {
  private final Evaluator evaluator;
  private final Flattener flattener = new Flattener();

  Operand(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  /// Its values: anything but a dictionary.
  Vector flat(Input input) {
    return flattener.flat(evaluator.evaluate(input), input.rows());
  }
}
