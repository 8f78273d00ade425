package io.frazil.engine.evaluate;

import io.frazil.engine.kernel.Scratch;
import io.frazil.engine.kernel.Selections;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.NullSlots;
import io.frazil.engine.vector.Vector;

/// NOT of what has no opposite of its own.
final class NotEvaluator extends Evaluator {
  private final Operand operand;
  private final Scratch scratch = new Scratch();

  NotEvaluator(Evaluator operand) {
    this.operand = new Operand(operand);
  }

  @Override
  int select(Input input, int[] out) {
    var truth = (BooleanVector) operand.flat(input);
    int n = Selections.whereNot(truth.values(), input.positions(), input.count(), out);
    return truth.validity() == null ? n : Selections.whereValid(truth.validity(), out, n, out);
  }

  @Override
  Vector evaluate(Input input) {
    var truth = (BooleanVector) operand.flat(input);
    byte[] values = truth.values();
    byte[] mask = scratch.bytes(input.length());
    for (int i = 0; i < input.length(); i++) {
      mask[i] = (byte) (values[i] ^ 1);
    }
    NullSlots.zero(mask, truth.validity(), input.length());
    return new BooleanVector(Types.BOOLEAN, mask, input.length(), truth.validity());
  }
}
