package io.frazil.engine.function.scalar;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.function.ScalarFunction;
import io.frazil.engine.kernel.Flattener;
import io.frazil.engine.kernel.Positions;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.StringVector;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// `upper(text)` and `lower(text)`.
record CaseFunction(String name, Supplier<CaseFolding> folding) implements ScalarFunction {
  static CaseFunction upper() {
    return new CaseFunction("upper", CaseFolding::toUpper);
  }

  static CaseFunction lower() {
    return new CaseFunction("lower", CaseFolding::toLower);
  }

  @Override
  public Optional<Signature> resolve(List<DataType> arguments) {
    return Parameters.exactly(arguments, List.of(Types.VARCHAR), Types.VARCHAR);
  }

  @Override
  public Volatility volatility() {
    return Volatility.IMMUTABLE;
  }

  @Override
  public boolean isStrict() {
    return true;
  }

  @Override
  public boolean canFail(List<Expression> arguments) {
    return false;
  }

  @Override
  public Body bind(List<Expression> arguments) {
    var flattener = new Flattener();
    var fold = folding.get();
    return (vectors, rows) -> {
      var texts = (StringVector) flattener.flat(vectors[0], rows);
      return fold.apply(texts, Positions.of(rows, texts.validity()));
    };
  }
}
