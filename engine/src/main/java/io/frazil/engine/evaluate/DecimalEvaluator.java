package io.frazil.engine.evaluate;

import io.frazil.engine.expression.Expression.Arithmetic;
import io.frazil.engine.kernel.DecimalArithmetic;
import io.frazil.engine.kernel.Decimals;
import io.frazil.engine.kernel.Scratch;
import io.frazil.engine.kernel.WideDecimalArithmetic;
import io.frazil.engine.type.DataType.Decimal;
import io.frazil.engine.type.DecimalTypes;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.NullSlots;
import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// `left operator right` of decimals: in longs while a batch fits them, again in 128 bits where it
/// does not.
final class DecimalEvaluator extends Evaluator {
  private final DecimalArithmetic work;
  private final Operand left;
  private final Operand right;
  private final Scratch scratch = new Scratch();
  private final Decimals leftWidth = new Decimals();
  private final Decimals rightWidth = new Decimals();

  DecimalEvaluator(Arithmetic expression, Evaluator left, Evaluator right) {
    work =
        new DecimalArithmetic(
            expression.operator(),
            DecimalTypes.of(expression.left().type()),
            DecimalTypes.of(expression.right().type()),
            (Decimal) expression.type());
    this.left = new Operand(left);
    this.right = new Operand(right);
  }

  @Override
  Vector evaluate(Input input) {
    int[] positions = input.positions();
    int length = input.length();
    Vector a = leftWidth.narrow(left.flat(input), positions, input.count());
    Vector b = rightWidth.narrow(right.flat(input), positions, input.count());
    long @Nullable [] validity = Bitmap.and(a.validity(), b.validity(), length);
    long[] out = scratch.longs(length);
    if (a instanceof LongVector x && b instanceof LongVector y) {
      if (input.isDense() && work.dense(x.values(), y.values(), out, length)) {
        NullSlots.zero(out, validity, length);
        return new LongVector(work.result(), out, length, validity);
      }
      if (work.checked(x.values(), y.values(), out, input.positions(validity))) {
        return new LongVector(work.result(), out, length, validity);
      }
    }
    long[][] wide = {out, scratch.moreLongs(length)};
    WideDecimalArithmetic.apply(
        work, leftWidth.widen(a), rightWidth.widen(b), wide, input.positions(validity));
    return leftWidth.narrow(
        new Int128Vector(work.result(), wide[0], wide[1], length, validity),
        positions,
        input.count());
  }
}
