package io.frazil.engine.function.scalar;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.function.ScalarFunction;
import io.frazil.engine.kernel.Flattener;
import io.frazil.engine.kernel.Merge;
import io.frazil.engine.kernel.Ordering;
import io.frazil.engine.kernel.Scratch;
import io.frazil.engine.kernel.Selections;
import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;
import java.util.List;
import java.util.Optional;

/// `greatest(...)` and `least(...)` of what is not null; null where all are.
///
/// @param sign 1 for the greatest, -1 for the least
record ExtremeFunction(String name, int sign) implements ScalarFunction {
  static List<ScalarFunction> all() {
    return List.of(new ExtremeFunction("greatest", 1), new ExtremeFunction("least", -1));
  }

  @Override
  public Optional<Signature> resolve(List<DataType> arguments) {
    return arguments.isEmpty()
        ? Optional.empty()
        : Parameters.common(arguments)
            .map(t -> new Signature(Parameters.repeat(t, arguments.size()), t, false));
  }

  @Override
  public Volatility volatility() {
    return Volatility.IMMUTABLE;
  }

  @Override
  public boolean canFail(List<Expression> arguments) {
    return false;
  }

  @Override
  public Body bind(List<Expression> arguments) {
    Flattener[] flatteners = arguments.stream().map(_ -> new Flattener()).toArray(Flattener[]::new);
    var merge = new Merge(arguments.getFirst().type());
    var scratch = new Scratch();
    return (vectors, rows) -> extreme(vectors, rows, flatteners, merge, scratch);
  }

  private Vector extreme(
      Vector[] vectors, Rows rows, Flattener[] flatteners, Merge merge, Scratch scratch) {
    Vector[] flat = new Vector[vectors.length];
    for (int k = 0; k < flat.length; k++) {
      flat[k] = flatteners[k].flat(vectors[k], rows);
    }
    int[] positions = Selections.positions(rows);
    int[] best = scratch.ints(rows.length());
    for (int i = 0; i < rows.count(); i++) {
      best[positions[i]] = best(flat, positions[i]);
    }
    int[] here = scratch.moreInts(rows.length());
    merge.start(rows.length());
    for (int k = 0; k < flat.length; k++) {
      int n = 0;
      for (int i = 0; i < rows.count(); i++) {
        here[n] = positions[i];
        n += best[positions[i]] == k ? 1 : 0;
      }
      merge.copy(flat[k], here, n);
    }
    return merge.finish();
  }

  /// Which argument it is; the first where all are null.
  private int best(Vector[] flat, int row) {
    int best = 0;
    for (int k = 1; k < flat.length; k++) {
      boolean isBetter =
          !flat[k].isNull(row)
              && (flat[best].isNull(row)
                  || Ordering.compare(flat[k], row, flat[best], row) * sign > 0);
      best = isBetter ? k : best;
    }
    return best;
  }
}
