package io.frazil.engine.evaluate;

import io.frazil.engine.kernel.Merge;
import io.frazil.engine.kernel.Scratch;
import io.frazil.engine.kernel.Selections;
import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.Vector;
import java.util.List;

/// COALESCE: each operand sees the rows where all before it are null.
final class CoalesceEvaluator extends Evaluator {
  private final List<Evaluator> operands;
  private final Merge merge;
  private final Scratch scratch = new Scratch();

  CoalesceEvaluator(List<Evaluator> operands, DataType type) {
    this.operands = operands;
    this.merge = new Merge(type);
  }

  @Override
  Vector evaluate(Input input) {
    Vector first = operands.getFirst().evaluate(input);
    if (first.validity() == null) {
      return first;
    }
    int[] found = scratch.ints(input.length());
    int[] rest = scratch.moreInts(input.length());
    merge.start(input.length());
    Input open = input;
    Vector value = first;
    for (int i = 0; ; i++) {
      boolean isLast = i == operands.size() - 1;
      int n =
          isLast
              ? Selections.whereValid(null, open.positions(), open.count(), found)
              : Selections.whereValid(value.validity(), open.positions(), open.count(), found);
      merge.copy(value, found, n);
      int left = Selections.without(open.positions(), open.count(), found, n, rest);
      open = open.narrow(rest, left);
      if (left == 0) {
        return merge.finish();
      }
      value = operands.get(i + 1).evaluate(open);
    }
  }
}
