package io.frazil.engine.evaluate;

import io.frazil.engine.kernel.Merge;
import io.frazil.engine.kernel.Scratch;
import io.frazil.engine.kernel.Selections;
import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.Vector;
import java.util.List;

/// CASE: each branch's condition sees the rows that none before has taken, its result those that it
/// takes.
final class CaseEvaluator extends Evaluator {
  private final List<Evaluator> conditions;
  private final List<Evaluator> results;
  private final Evaluator otherwise;
  private final Merge merge;
  private final Scratch scratch = new Scratch();

  CaseEvaluator(
      List<Evaluator> conditions, List<Evaluator> results, Evaluator otherwise, DataType type) {
    this.conditions = conditions;
    this.results = results;
    this.otherwise = otherwise;
    this.merge = new Merge(type);
  }

  @Override
  Vector evaluate(Input input) {
    int[] taken = scratch.ints(input.length());
    int[] rest = scratch.moreInts(input.length());
    merge.start(input.length());
    Input open = input;
    for (int i = 0; i < conditions.size() && open.count() > 0; i++) {
      int n = conditions.get(i).select(open, taken);
      if (n == 0) {
        continue;
      }
      Input here = open.narrow(taken, n);
      merge.copy(results.get(i).evaluate(here), taken, n);
      int left = Selections.without(open.positions(), open.count(), taken, n, rest);
      open = open.narrow(rest, left);
    }
    if (open.count() > 0) {
      merge.copy(otherwise.evaluate(open), open.positions(), open.count());
    }
    return merge.finish();
  }
}
