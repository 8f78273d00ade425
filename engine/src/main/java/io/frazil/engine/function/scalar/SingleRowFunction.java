package io.frazil.engine.function.scalar;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.function.ScalarFunction;
import io.frazil.engine.kernel.Flattener;
import io.frazil.engine.kernel.Positions;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Rows;
import java.util.List;
import java.util.Optional;

/// `single_row(value, rows, outer)`: the value of a subquery that had so many rows for this row, an
/// error where these are more than one. The last argument is a value of the outer row, so that no
/// rule computes it where there is none.
record SingleRowFunction() implements ScalarFunction {
  @Override
  public String name() {
    return "single_row";
  }

  @Override
  public Optional<Signature> resolve(List<DataType> arguments) {
    return arguments.size() == 3 && arguments.get(1).isInteger()
        ? Optional.of(
            new Signature(
                List.of(arguments.get(0), Types.BIGINT, arguments.get(2)), arguments.get(0), true))
        : Optional.empty();
  }

  @Override
  public Volatility volatility() {
    return Volatility.IMMUTABLE;
  }

  @Override
  public Body bind(List<Expression> arguments) {
    var counts = new Flattener();
    return (vectors, rows) -> {
      check((LongVector) counts.flat(vectors[1], rows), rows);
      return vectors[0];
    };
  }

  private static void check(LongVector counts, Rows rows) {
    Positions live = Positions.of(rows, counts.validity());
    for (int i = 0; i < live.count(); i++) {
      int p = live.at(i);
      if (!live.isNull(p) && counts.values()[p] > 1) {
        throw new FrazilException(
            ErrorCode.SUBQUERY_ROWS, "A subquery used as a value returned more than one row");
      }
    }
  }
}
