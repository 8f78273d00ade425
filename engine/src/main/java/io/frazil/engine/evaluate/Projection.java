package io.frazil.engine.evaluate;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Vector;
import java.util.List;

/// Computes expressions: a batch in, a batch of one vector each out.
///
/// What several of them have in common is computed once. One thread's; a result is valid until the
/// next, and as long as its input.
public final class Projection {
  private final Evaluator[] evaluators;

  private Projection(Evaluator[] evaluators) {
    this.evaluators = evaluators;
  }

  public static Projection compile(List<Expression> expressions, FunctionRegistry functions) {
    var compiler = new Compiler(functions);
    return new Projection(expressions.stream().map(compiler::compile).toArray(Evaluator[]::new));
  }

  /// The expressions' values, with the same length and live rows as the input. A bare column is the
  /// input's own vector.
  public Batch evaluate(Batch input) {
    Input rows = Input.of(input);
    Vector[] results = new Vector[evaluators.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = evaluators[i].evaluate(rows);
    }
    return input.withColumns(results);
  }
}
