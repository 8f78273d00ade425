package io.frazil.engine.evaluate;

import io.frazil.engine.function.ScalarFunction;
import io.frazil.engine.vector.Vector;
import java.util.List;

/// A function of the registry.
final class CallEvaluator extends Evaluator {
  private final ScalarFunction.Body body;
  private final List<Evaluator> operands;

  CallEvaluator(ScalarFunction.Body body, List<Evaluator> operands) {
    this.body = body;
    this.operands = operands;
  }

  @Override
  Vector evaluate(Input input) {
    Vector[] arguments = new Vector[operands.size()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = operands.get(i).evaluate(input);
    }
    return body.evaluate(arguments, input.rows());
  }
}
