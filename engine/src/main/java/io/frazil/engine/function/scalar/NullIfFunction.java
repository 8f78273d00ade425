package io.frazil.engine.function.scalar;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.function.ScalarFunction;
import io.frazil.engine.kernel.Flattener;
import io.frazil.engine.kernel.Merge;
import io.frazil.engine.kernel.Ordering;
import io.frazil.engine.kernel.Scratch;
import io.frazil.engine.kernel.Selections;
import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.Vector;
import java.util.List;
import java.util.Optional;

/// `nullif(a, b)`: `a`, but null where it equals `b`.
record NullIfFunction() implements ScalarFunction {
  @Override
  public String name() {
    return "nullif";
  }

  @Override
  public Optional<Signature> resolve(List<DataType> arguments) {
    return arguments.size() != 2
        ? Optional.empty()
        : Parameters.common(arguments).map(t -> new Signature(List.of(t, t), t, true));
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
    var left = new Flattener();
    var right = new Flattener();
    var merge = new Merge(arguments.getFirst().type());
    var scratch = new Scratch();
    return (vectors, rows) -> {
      Vector a = left.flat(vectors[0], rows);
      Vector b = right.flat(vectors[1], rows);
      int[] kept = scratch.ints(rows.length());
      int[] nulls = scratch.moreInts(rows.length());
      int n = 0;
      for (int i = 0; i < rows.count(); i++) {
        int p = rows.position(i);
        boolean isEqual = !a.isNull(p) && !b.isNull(p) && Ordering.compare(a, p, b, p) == 0;
        kept[n] = p;
        n += isEqual ? 0 : 1;
      }
      int none = Selections.without(Selections.positions(rows), rows.count(), kept, n, nulls);
      merge.start(rows.length());
      merge.copy(a, kept, n);
      merge.nulls(nulls, none);
      return merge.finish();
    };
  }
}
