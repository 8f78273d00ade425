package io.frazil.engine.evaluate;

import io.frazil.engine.kernel.Scratch;
import io.frazil.engine.kernel.Selections;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// A condition that finds its true rows directly; its value as a vector is made of these.
abstract class SelectingEvaluator extends Evaluator {
  private final Scratch truth = new Scratch();

  @Override
  abstract int select(Input input, int[] out);

  /// Which rows of the last [#select] are not null, as in a vector.
  abstract long @Nullable [] validity();

  @Override
  final Vector evaluate(Input input) {
    int length = input.length();
    int[] hits = truth.ints(length);
    byte[] mask = truth.bytes(length);
    Selections.toMask(hits, select(input, hits), mask, length);
    return new BooleanVector(Types.BOOLEAN, mask, length, validity());
  }
}
