package io.frazil.engine.evaluate;

import io.frazil.engine.expression.ArithmeticOperator;
import io.frazil.engine.kernel.DoubleArithmetic;
import io.frazil.engine.kernel.IntegerArithmetic;
import io.frazil.engine.kernel.Scratch;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.NullSlots;
import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// `left operator right` of integers and of floating point.
final class ArithmeticEvaluator extends Evaluator {
  private final ArithmeticOperator operator;
  private final DataType type;
  private final Operand left;
  private final Operand right;
  private final Scratch scratch = new Scratch();

  ArithmeticEvaluator(ArithmeticOperator operator, DataType type, Evaluator left, Evaluator right) {
    this.operator = operator;
    this.type = type;
    this.left = new Operand(left);
    this.right = new Operand(right);
  }

  @Override
  Vector evaluate(Input input) {
    Vector a = left.flat(input);
    Vector b = right.flat(input);
    int length = input.length();
    long @Nullable [] validity = Bitmap.and(a.validity(), b.validity(), length);
    return switch (type.physical()) {
      case INT -> ints(input, ((IntVector) a).values(), ((IntVector) b).values(), validity);
      case LONG -> longs(input, ((LongVector) a).values(), ((LongVector) b).values(), validity);
      case DOUBLE ->
          doubles(length, ((DoubleVector) a).values(), ((DoubleVector) b).values(), validity);
      case BOOLEAN, INT128, STRING -> throw new AssertionError("no numbers: " + type.text());
    };
  }

  private Vector ints(Input input, int[] a, int[] b, long @Nullable [] validity) {
    int[] out = scratch.ints(input.length());
    if (input.isDense() && IntegerArithmetic.dense(operator, a, b, out, input.length(), type)) {
      NullSlots.zero(out, validity, input.length());
    } else {
      IntegerArithmetic.checked(operator, a, b, out, input.positions(validity), type);
    }
    return new IntVector(type, out, input.length(), validity);
  }

  private Vector longs(Input input, long[] a, long[] b, long @Nullable [] validity) {
    long[] out = scratch.longs(input.length());
    if (input.isDense() && IntegerArithmetic.dense(operator, a, b, out, input.length())) {
      NullSlots.zero(out, validity, input.length());
    } else {
      IntegerArithmetic.checked(operator, a, b, out, input.positions(validity), type);
    }
    return new LongVector(type, out, input.length(), validity);
  }

  private Vector doubles(int length, double[] a, double[] b, long @Nullable [] validity) {
    double[] out = scratch.doubles(length);
    DoubleArithmetic.apply(operator, a, b, out, length);
    if (type == Types.REAL) {
      DoubleArithmetic.round(out, length);
    }
    NullSlots.zero(out, validity, length);
    return new DoubleVector(type, out, length, validity);
  }
}
