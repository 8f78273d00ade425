package io.frazil.engine.function.scalar;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.function.ScalarFunction;
import io.frazil.engine.kernel.Flattener;
import io.frazil.engine.kernel.Positions;
import io.frazil.engine.kernel.TextBuilder;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// `a || b` (called `concat_operator`), null where any is null; and `concat(...)`, which leaves
/// nulls out and is never null.
record ConcatFunction(String name, boolean isStrict) implements ScalarFunction {
  static ConcatFunction operator() {
    return new ConcatFunction("concat_operator", true);
  }

  static ConcatFunction skippingNulls() {
    return new ConcatFunction("concat", false);
  }

  @Override
  public Optional<Signature> resolve(List<DataType> arguments) {
    return arguments.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Signature(
                Parameters.repeat(Types.VARCHAR, arguments.size()), Types.VARCHAR, false));
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
    var out = new TextBuilder();
    return (vectors, rows) -> concat(vectors, rows, flatteners, out);
  }

  private Vector concat(Vector[] vectors, Rows rows, Flattener[] flatteners, TextBuilder out) {
    StringVector[] texts = new StringVector[vectors.length];
    long @Nullable [] validity = null;
    for (int k = 0; k < texts.length; k++) {
      texts[k] = (StringVector) flatteners[k].flat(vectors[k], rows);
      if (isStrict) {
        validity = Bitmap.and(validity, texts[k].validity(), rows.length());
      }
    }
    var live = Positions.of(rows, validity);
    out.start(rows.length());
    for (int i = 0; i < live.count(); i++) {
      int p = live.at(i);
      if (live.isNull(p)) {
        out.endNull(p);
        continue;
      }
      // A null has no bytes, and so leaves itself out.
      for (StringVector text : texts) {
        out.append(text.bytes(), text.starts()[p], text.lengths()[p]);
      }
      out.end(p);
    }
    return out.vector(validity);
  }
}
