package io.frazil.engine.evaluate;

import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.kernel.Compare;
import io.frazil.engine.kernel.Decimals;
import io.frazil.engine.kernel.Keys;
import io.frazil.engine.kernel.Scratch;
import io.frazil.engine.kernel.Selections;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Compares two values that are both computed, or constants that are no [Range].
final class ComparisonEvaluator extends SelectingEvaluator {
  private final ComparisonOperator operator;
  private final Operand left;
  private final Operand right;
  private final Scratch leftKeys = new Scratch();
  private final Scratch rightKeys = new Scratch();
  private final Decimals leftWidth = new Decimals();
  private final Decimals rightWidth = new Decimals();
  private long @Nullable [] validity;

  ComparisonEvaluator(ComparisonOperator operator, Evaluator left, Evaluator right) {
    this.operator = operator;
    this.left = new Operand(left);
    this.right = new Operand(right);
  }

  @Override
  long @Nullable [] validity() {
    return validity;
  }

  @Override
  int select(Input input, int[] out) {
    Vector a = left.flat(input);
    Vector b = right.flat(input);
    return switch (operator) {
      case NOT_DISTINCT -> notDistinct(a, b, input, out);
      case DISTINCT -> {
        int n = notDistinct(a, b, input, out);
        int[] same = leftKeys.ints(input.length());
        System.arraycopy(out, 0, same, 0, n);
        yield Selections.without(input.positions(), input.count(), same, n, out);
      }
      case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> {
        validity = Bitmap.and(a.validity(), b.validity(), input.length());
        int n = compare(operator, a, b, input, out);
        yield validity == null ? n : Selections.whereValid(validity, out, n, out);
      }
    };
  }

  /// As values: two nulls are the same, and a null is the same as nothing else.
  private int notDistinct(Vector a, Vector b, Input input, int[] out) {
    validity = null;
    int n = compare(ComparisonOperator.EQUAL, a, b, input, out);
    if (a.validity() == null && b.validity() == null) {
      return n;
    }
    byte[] mask = leftKeys.bytes(input.length());
    Selections.toMask(out, n, mask, input.length());
    int[] positions = input.positions();
    for (int i = 0; i < input.count(); i++) {
      int p = positions[i];
      if (a.isNull(p) || b.isNull(p)) {
        mask[p] = (byte) (a.isNull(p) && b.isNull(p) ? 1 : 0);
      }
    }
    return Selections.where(mask, positions, input.count(), out);
  }

  private int compare(ComparisonOperator how, Vector a, Vector b, Input input, int[] out) {
    return switch (how) {
      case EQUAL, NOT_DISTINCT -> equal(a, b, 1, input, out);
      case NOT_EQUAL, DISTINCT -> equal(a, b, 0, input, out);
      case LESS -> less(a, b, 1, input, out);
      case GREATER -> less(b, a, 1, input, out);
      case LESS_OR_EQUAL -> less(b, a, 0, input, out);
      case GREATER_OR_EQUAL -> less(a, b, 0, input, out);
    };
  }

  private int less(Vector a, Vector b, int yes, Input input, int[] out) {
    int[] positions = input.positions();
    int count = input.count();
    if (a instanceof IntVector x && b instanceof IntVector y) {
      return Compare.less(x.values(), y.values(), yes, positions, count, out);
    }
    if (a instanceof StringVector x && b instanceof StringVector y) {
      return Compare.less(x, y, yes, positions, count, out);
    }
    if (a instanceof Int128Vector || b instanceof Int128Vector) {
      Int128Vector x = leftWidth.widen(a);
      return Compare.less(x, rightWidth.widen(b), yes, positions, count, out);
    }
    long[] x = keys(a, leftKeys);
    return Compare.less(x, keys(b, rightKeys), yes, positions, count, out);
  }

  private int equal(Vector a, Vector b, int yes, Input input, int[] out) {
    int[] positions = input.positions();
    int count = input.count();
    if (a instanceof IntVector x && b instanceof IntVector y) {
      return Compare.equal(x.values(), y.values(), yes, positions, count, out);
    }
    if (a instanceof StringVector x && b instanceof StringVector y) {
      return Compare.equal(x, y, yes, positions, count, out);
    }
    if (a instanceof Int128Vector || b instanceof Int128Vector) {
      Int128Vector x = leftWidth.widen(a);
      return Compare.equal(x, rightWidth.widen(b), yes, positions, count, out);
    }
    long[] x = keys(a, leftKeys);
    return Compare.equal(x, keys(b, rightKeys), yes, positions, count, out);
  }

  private static long[] keys(Vector vector, Scratch scratch) {
    int length = vector.length();
    return switch (vector) {
      case LongVector v -> v.values();
      case DoubleVector v -> {
        Keys.of(v.values(), length, scratch.longs(length));
        yield scratch.longs(length);
      }
      case IntVector v -> {
        Keys.of(v.values(), length, scratch.longs(length));
        yield scratch.longs(length);
      }
      case BooleanVector v -> {
        Keys.of(v.values(), length, scratch.longs(length));
        yield scratch.longs(length);
      }
      case Vector v -> throw new AssertionError("no keys of " + v.type().text());
    };
  }
}
