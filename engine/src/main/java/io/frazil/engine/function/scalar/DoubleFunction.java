package io.frazil.engine.function.scalar;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.function.ScalarFunction;
import io.frazil.engine.kernel.Positions;
import io.frazil.engine.kernel.Scratch;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.DoubleVector;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/// Functions of doubles by IEEE's rules: NaN where there is no value, never an error.
record DoubleFunction(String name, int parameters, DoubleBinaryOperator operator)
    implements ScalarFunction {
  private static DoubleFunction of(String name, DoubleUnaryOperator operator) {
    return new DoubleFunction(name, 1, (a, _) -> operator.applyAsDouble(a));
  }

  static List<ScalarFunction> all() {
    return List.of(
        of("sqrt", Math::sqrt),
        of("cbrt", Math::cbrt),
        of("exp", Math::exp),
        of("ln", Math::log),
        of("log10", Math::log10),
        of("log2", a -> Math.log(a) / Math.log(2)),
        of("sin", Math::sin),
        of("cos", Math::cos),
        of("tan", Math::tan),
        of("asin", Math::asin),
        of("acos", Math::acos),
        of("atan", Math::atan),
        of("degrees", Math::toDegrees),
        of("radians", Math::toRadians),
        new DoubleFunction("atan2", 2, Math::atan2),
        new DoubleFunction("power", 2, Math::pow),
        new DoubleFunction("pow", 2, Math::pow));
  }

  @Override
  public Optional<Signature> resolve(List<DataType> arguments) {
    return Parameters.exactly(arguments, Parameters.repeat(Types.DOUBLE, parameters), Types.DOUBLE);
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
  public Body bind(List<Expression> expressions) {
    var arguments = new Arguments(parameters);
    var scratch = new Scratch();
    return (vectors, rows) -> {
      arguments.set(vectors, rows);
      double[] a = ((DoubleVector) arguments.vector(0)).values();
      double[] b = ((DoubleVector) arguments.vector(parameters - 1)).values();
      double[] out = scratch.doubles(rows.length());
      var live = Positions.of(rows, arguments.validity());
      for (int i = 0; i < live.count(); i++) {
        int p = live.at(i);
        out[p] = live.isNull(p) ? 0 : operator.applyAsDouble(a[p], b[p]);
      }
      return new DoubleVector(Types.DOUBLE, out, rows.length(), arguments.validity());
    };
  }
}
