package io.frazil.engine.function.scalar;

import io.frazil.engine.expression.ArithmeticOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.function.ScalarFunction;
import io.frazil.engine.kernel.DecimalArithmetic;
import io.frazil.engine.kernel.Decimals;
import io.frazil.engine.kernel.DoubleArithmetic;
import io.frazil.engine.kernel.IntegerArithmetic;
import io.frazil.engine.kernel.Positions;
import io.frazil.engine.kernel.Scratch;
import io.frazil.engine.kernel.WideDecimalArithmetic;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.DataType.Decimal;
import io.frazil.engine.type.DecimalTypes;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.NullSlots;
import io.frazil.engine.vector.Vector;
import java.util.List;
import java.util.Optional;

/// `mod(a, b)`: what `a % b` is.
record ModuloFunction() implements ScalarFunction {
  private static final ArithmeticOperator MODULO = ArithmeticOperator.MODULO;

  @Override
  public String name() {
    return "mod";
  }

  @Override
  public Optional<Signature> resolve(List<DataType> arguments) {
    if (arguments.size() != 2 || !arguments.stream().allMatch(DataType::isNumeric)) {
      return Optional.empty();
    }
    return Parameters.common(arguments).map(type -> signature(arguments, type));
  }

  private static Signature signature(List<DataType> arguments, DataType common) {
    if (!(common instanceof Decimal)) {
      return new Signature(List.of(common, common), common, false);
    }
    Decimal a = DecimalTypes.of(arguments.get(0));
    Decimal b = DecimalTypes.of(arguments.get(1));
    return new Signature(List.of(a, b), DecimalTypes.modulo(a, b), false);
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
    DataType left = expressions.get(0).type();
    DataType right = expressions.get(1).type();
    var arguments = new Arguments(2);
    var scratch = new Scratch();
    if (left instanceof Decimal a && right instanceof Decimal b) {
      return decimals(new DecimalArithmetic(MODULO, a, b, DecimalTypes.modulo(a, b)), arguments);
    }
    return (vectors, rows) -> {
      arguments.set(vectors, rows);
      var live = Positions.of(rows, arguments.validity());
      return switch (arguments.vector(0)) {
        case IntVector a -> {
          int[] b = ((IntVector) arguments.vector(1)).values();
          int[] out = scratch.ints(rows.length());
          IntegerArithmetic.checked(MODULO, a.values(), b, out, live, left);
          yield new IntVector(left, out, rows.length(), live.validity());
        }
        case LongVector a -> {
          long[] b = ((LongVector) arguments.vector(1)).values();
          long[] out = scratch.longs(rows.length());
          IntegerArithmetic.checked(MODULO, a.values(), b, out, live, left);
          yield new LongVector(left, out, rows.length(), live.validity());
        }
        case DoubleVector a -> {
          double[] b = ((DoubleVector) arguments.vector(1)).values();
          double[] out = scratch.doubles(rows.length());
          DoubleArithmetic.apply(MODULO, a.values(), b, out, rows.length());
          NullSlots.zero(out, live.validity(), rows.length());
          yield new DoubleVector(left, out, rows.length(), live.validity());
        }
        case Vector a -> throw new AssertionError("no number: " + a.type().text());
      };
    };
  }

  private static Body decimals(DecimalArithmetic work, Arguments arguments) {
    var scratch = new Scratch();
    var leftWidth = new Decimals();
    var rightWidth = new Decimals();
    var resultWidth = new Decimals();
    return (vectors, rows) -> {
      arguments.set(vectors, rows);
      var live = Positions.of(rows, arguments.validity());
      Vector a = arguments.vector(0);
      Vector b = arguments.vector(1);
      long[] out = scratch.longs(rows.length());
      if (a instanceof LongVector x
          && b instanceof LongVector y
          && work.checked(x.values(), y.values(), out, live)) {
        return new LongVector(work.result(), out, rows.length(), live.validity());
      }
      long[][] wide = {out, scratch.moreLongs(rows.length())};
      WideDecimalArithmetic.apply(work, leftWidth.widen(a), rightWidth.widen(b), wide, live);
      var remainders =
          new Int128Vector(work.result(), wide[0], wide[1], rows.length(), live.validity());
      return resultWidth.narrow(remainders, live.array(), live.count());
    };
  }
}
