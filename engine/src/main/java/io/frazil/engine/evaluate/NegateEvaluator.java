package io.frazil.engine.evaluate;

import io.frazil.engine.kernel.DoubleArithmetic;
import io.frazil.engine.kernel.Scratch;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.NullSlots;
import io.frazil.engine.vector.Vector;

/// Minus a floating-point number: other numbers are subtracted from zero, which keeps no sign of
/// zero.
final class NegateEvaluator extends Evaluator {
  private final Operand operand;
  private final Scratch scratch = new Scratch();

  NegateEvaluator(Evaluator operand) {
    this.operand = new Operand(operand);
  }

  @Override
  Vector evaluate(Input input) {
    var values = (DoubleVector) operand.flat(input);
    double[] out = scratch.doubles(input.length());
    DoubleArithmetic.negate(values.values(), out, input.length());
    NullSlots.zero(out, values.validity(), input.length());
    return new DoubleVector(values.type(), out, input.length(), values.validity());
  }
}
