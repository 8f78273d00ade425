package io.frazil.engine.evaluate;

import io.frazil.engine.kernel.Cast;
import io.frazil.engine.vector.Vector;

/// The operand as another type.
final class CastEvaluator extends Evaluator {
  private final Operand operand;
  private final Cast cast;

  CastEvaluator(Evaluator operand, Cast cast) {
    this.operand = new Operand(operand);
    this.cast = cast;
  }

  @Override
  Vector evaluate(Input input) {
    return cast.apply(operand.flat(input), input.rows());
  }
}
