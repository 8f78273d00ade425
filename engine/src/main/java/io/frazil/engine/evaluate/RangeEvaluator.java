package io.frazil.engine.evaluate;

import io.frazil.engine.kernel.Keys;
import io.frazil.engine.kernel.RangeSelect;
import io.frazil.engine.kernel.Scratch;
import io.frazil.engine.kernel.Selections;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import org.jspecify.annotations.Nullable;

/// Compares with constants: whether the value lies in a [Range].
final class RangeEvaluator extends SelectingEvaluator {
  private final Operand value;
  private final Range range;
  private final Scratch scratch = new Scratch();
  private long @Nullable [] validity;

  RangeEvaluator(Evaluator value, Range range) {
    this.value = new Operand(value);
    this.range = range;
  }

  @Override
  long @Nullable [] validity() {
    return validity;
  }

  @Override
  int select(Input input, int[] out) {
    Vector values = value.flat(input);
    validity = values.validity();
    int n = selectAny(values, input, out);
    return validity == null ? n : Selections.whereValid(validity, out, n, out);
  }

  /// As [#select], with the zeros of null slots among the values.
  private int selectAny(Vector vector, Input input, int[] out) {
    if (range.isEmpty()) {
      return constant(range.negated(), input, out);
    }
    int[] positions = input.positions();
    int count = input.count();
    int yes = range.negated() ? 0 : 1;
    long low = range.low();
    long high = range.high();
    return switch (vector) {
      case IntVector v -> ints(v, input, out);
      case LongVector v -> RangeSelect.longs(v.values(), low, high, yes, positions, count, out);
      case DoubleVector v -> RangeSelect.doubles(v.values(), low, high, yes, positions, count, out);
      case Int128Vector v -> wide(v, input, out);
      case BooleanVector v -> {
        long[] keys = scratch.longs(input.length());
        Keys.of(v.values(), input.length(), keys);
        yield RangeSelect.longs(keys, low, high, yes, positions, count, out);
      }
      case StringVector _, DictionaryVector _ -> throw new AssertionError("no range of these");
    };
  }

  private int ints(IntVector vector, Input input, int[] out) {
    long low = Math.max(range.low(), Integer.MIN_VALUE);
    long high = Math.min(range.high(), Integer.MAX_VALUE);
    return low > high
        ? constant(range.negated(), input, out)
        : RangeSelect.ints(
            vector.values(),
            (int) low,
            (int) high,
            range.negated() ? 0 : 1,
            input.positions(),
            input.count(),
            out);
  }

  private int wide(Int128Vector vector, Input input, int[] out) {
    long[][] values = {vector.high(), vector.low()};
    long[] bounds = {range.low(), range.high()};
    int below = range.openBelow() ? 1 : 0;
    int above = range.openAbove() ? 1 : 0;
    int[] positions = input.positions();
    if (!range.negated()) {
      return RangeSelect.wide(values, bounds, below, above, positions, input.count(), out);
    }
    int[] inside = scratch.ints(input.length());
    int n = RangeSelect.wide(values, bounds, below, above, positions, input.count(), inside);
    return Selections.without(positions, input.count(), inside, n, out);
  }

  private static int constant(boolean all, Input input, int[] out) {
    return all ? Selections.whereValid(null, input.positions(), input.count(), out) : 0;
  }
}
