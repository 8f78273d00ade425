package io.frazil.engine.function.scalar;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.function.ScalarFunction;
import io.frazil.engine.kernel.DoubleArithmetic;
import io.frazil.engine.kernel.Positions;
import io.frazil.engine.kernel.Scratch;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.DataType.Decimal;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.DoubleVector;
import java.util.List;
import java.util.Optional;

/// `abs`, `signum`, `ceil`, `floor`, `trunc` and `round` of any number. Integers and floating point
/// keep their type. Of a decimal, all digits behind the point go; `round(x, n)` and `trunc(x, n)`
/// keep its scale, with zeros from the `n`th digit on, as a type cannot depend on a value.
record RoundingFunction(String name, Rounding rounding) implements ScalarFunction {
  static List<ScalarFunction> all() {
    return List.of(
        new RoundingFunction("abs", Rounding.ABS),
        new RoundingFunction("signum", Rounding.SIGNUM),
        new RoundingFunction("sign", Rounding.SIGNUM),
        new RoundingFunction("ceil", Rounding.CEIL),
        new RoundingFunction("ceiling", Rounding.CEIL),
        new RoundingFunction("floor", Rounding.FLOOR),
        new RoundingFunction("trunc", Rounding.TRUNC),
        new RoundingFunction("round", Rounding.ROUND));
  }

  @Override
  public Optional<Signature> resolve(List<DataType> arguments) {
    boolean takesDigits = rounding == Rounding.TRUNC || rounding == Rounding.ROUND;
    boolean hasDigits = arguments.size() == 2;
    if (arguments.isEmpty()
        || arguments.size() > (takesDigits ? 2 : 1)
        || !arguments.getFirst().isNumeric()
        || (hasDigits && !arguments.get(1).isInteger())) {
      return Optional.empty();
    }
    DataType type = arguments.getFirst();
    List<DataType> parameters = hasDigits ? List.of(type, Types.BIGINT) : List.of(type);
    DataType result = type instanceof Decimal decimal ? decimalResult(decimal, hasDigits) : type;
    return Optional.of(new Signature(parameters, result, false));
  }

  private DataType decimalResult(Decimal type, boolean hasDigits) {
    int integers = type.precision() - type.scale();
    return switch (rounding) {
      case ABS -> type;
      case SIGNUM -> new Decimal(1, 0);
      case CEIL, FLOOR -> decimal(integers + 1, 0);
      case TRUNC -> hasDigits ? type : decimal(Math.max(1, integers), 0);
      case ROUND ->
          hasDigits ? decimal(type.precision() + 1, type.scale()) : decimal(integers + 1, 0);
    };
  }

  private static Decimal decimal(int precision, int scale) {
    return new Decimal(Math.min(Decimal.MAX_PRECISION, precision), scale);
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
  public Body bind(List<Expression> expressions) {
    List<DataType> types = expressions.stream().map(Expression::type).toList();
    DataType result =
        resolve(types)
            .orElseThrow(() -> new IllegalArgumentException(name + " of " + types))
            .result();
    var arguments = new Arguments(expressions.size());
    if (result.isFloating()) {
      return floating(arguments, result);
    }
    var exact = new ExactRounding(rounding, types.getFirst(), result, expressions.size() == 2);
    return (vectors, rows) -> {
      arguments.set(vectors, rows);
      return exact.apply(arguments, Positions.of(rows, arguments.validity()), rows.length());
    };
  }

  private Body floating(Arguments arguments, DataType result) {
    var scratch = new Scratch();
    return (vectors, rows) -> {
      arguments.set(vectors, rows);
      double[] values = ((DoubleVector) arguments.vector(0)).values();
      double[] out = scratch.doubles(rows.length());
      var live = Positions.of(rows, arguments.validity());
      for (int i = 0; i < live.count(); i++) {
        int p = live.at(i);
        long digits = arguments.count() == 2 ? arguments.whole(1, p) : 0;
        out[p] = live.isNull(p) ? 0 : rounding.apply(values[p], digits);
      }
      if (result == Types.REAL) {
        DoubleArithmetic.round(out, rows.length());
      }
      return new DoubleVector(result, out, rows.length(), arguments.validity());
    };
  }
}
