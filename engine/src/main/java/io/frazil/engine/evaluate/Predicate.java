package io.frazil.engine.evaluate;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.kernel.Scratch;
import io.frazil.engine.vector.Batch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Finds the rows for which all of some conditions are true, each looking only at what those before
/// it have left.
///
/// Conditions that cannot fail and stand next to each other change places as batches go by: first
/// what costs least for each row that it rejects. One thread's; a result is valid until the next,
/// and as long as its input.
public final class Predicate {
  /// How many batches are measured before an order is chosen.
  private static final int ROUND = 16;

  private final List<Step> steps;
  private final Scratch scratch = new Scratch();
  private int batches;

  private Predicate(List<Step> steps) {
    this.steps = steps;
  }

  public static Predicate compile(List<Expression> conjuncts, FunctionRegistry functions) {
    var steps = new ArrayList<Step>();
    int run = 0;
    for (var conjunct : new Compiler(functions).conjuncts(flattened(conjuncts))) {
      run += conjunct.isSafe() ? 0 : 1;
      steps.add(new Step(conjunct.evaluator(), run));
      run += conjunct.isSafe() ? 0 : 1;
    }
    return new Predicate(steps);
  }

  private static List<Expression> flattened(List<Expression> conjuncts) {
    return conjuncts.stream()
        .flatMap(c ->
            c instanceof Expression.And(List<Expression> operands)
                ? flattened(operands).stream()
                : Stream.of(c))
        .toList();
  }

  /// The same columns with only those rows alive for which every condition is true; the input
  /// itself where that is all of its rows.
  public Batch filter(Batch input) {
    Input all = Input.of(input);
    Input live = all;
    int[] target = scratch.ints(input.length());
    int[] spare = scratch.moreInts(input.length());
    boolean isMeasured = steps.size() > 1;
    for (int i = 0; i < steps.size() && live.count() > 0; i++) {
      Step step = steps.get(i);
      long start = isMeasured ? System.nanoTime() : 0;
      int n = step.evaluator.select(live, target);
      if (isMeasured) {
        step.measure(live.count(), n, System.nanoTime() - start);
      }
      Input next = live.narrow(target, n);
      if (next != live) {
        int[] used = target;
        target = spare;
        spare = used;
      }
      live = next;
    }
    if (isMeasured && ++batches % ROUND == 0) {
      reorder();
    }
    return live == all ? input : input.select(live.positions(), live.count());
  }

  private void reorder() {
    steps.sort(Comparator.comparingInt((Step s) -> s.run).thenComparingDouble(Step::rank));
    steps.forEach(Step::forget);
  }

  /// A condition and what it was seen to do.
  private static final class Step {
    private final Evaluator evaluator;

    /// Conditions with the same number may change places.
    private final int run;

    private long seen;
    private long passed;
    private long nanos;
    private double lastRank = Double.MAX_VALUE;

    Step(Evaluator evaluator, int run) {
      this.evaluator = evaluator;
      this.run = run;
    }

    void measure(int rows, int rowsPassed, long elapsed) {
      seen += rows;
      passed += rowsPassed;
      nanos += elapsed;
    }

    /// Nanoseconds for each row rejected; as before where no row came to see it.
    double rank() {
      return seen == 0 ? lastRank : (double) nanos / (seen - passed + 1);
    }

    /// Keeps half of what was seen, so that a change shows.
    void forget() {
      lastRank = rank();
      seen /= 2;
      passed /= 2;
      nanos /= 2;
    }
  }
}
