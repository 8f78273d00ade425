package io.frazil.engine.evaluate;

import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.kernel.Keys;
import io.frazil.engine.kernel.LongSet;
import io.frazil.engine.kernel.Scratch;
import io.frazil.engine.kernel.Selections;
import io.frazil.engine.kernel.TextSet;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Whether a value is one of some constants, or none of them (`yes` = 0).
final class InListEvaluator extends SelectingEvaluator {
  private final Operand value;
  private final int yes;
  private final LongSet keys;
  private final TextSet texts;
  private final Set<BigInteger> wide;
  private final Scratch scratch = new Scratch();
  private long @Nullable [] validity;

  InListEvaluator(Evaluator value, List<Literal> list, int yes) {
    this.value = new Operand(value);
    this.yes = yes;
    List<Object> values = list.stream().map(l -> Objects.requireNonNull(l.value())).toList();
    keys =
        new LongSet(
            values.stream().map(Range::key).filter(Objects::nonNull).mapToLong(k -> k).toArray());
    texts =
        new TextSet(
            values.stream().filter(String.class::isInstance).map(String.class::cast).toList());
    wide =
        values.stream()
            .filter(BigDecimal.class::isInstance)
            .map(v -> ((BigDecimal) v).unscaledValue())
            .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  long @Nullable [] validity() {
    return validity;
  }

  @Override
  int select(Input input, int[] out) {
    Vector values = value.flat(input);
    validity = values.validity();
    int[] positions = input.positions();
    int n =
        switch (values) {
          case StringVector v -> texts.select(v, yes, positions, input.count(), out);
          case LongVector v -> keys.select(v.values(), yes, positions, input.count(), out);
          case Int128Vector v -> selectWide(v, input, out);
          case IntVector v -> {
            long[] longs = scratch.longs(input.length());
            Keys.of(v.values(), input.length(), longs);
            yield keys.select(longs, yes, positions, input.count(), out);
          }
          case DoubleVector v -> {
            long[] longs = scratch.longs(input.length());
            Keys.of(v.values(), input.length(), longs);
            yield keys.select(longs, yes, positions, input.count(), out);
          }
          case BooleanVector v -> {
            long[] longs = scratch.longs(input.length());
            Keys.of(v.values(), input.length(), longs);
            yield keys.select(longs, yes, positions, input.count(), out);
          }
          case DictionaryVector _ -> throw new AssertionError("operands are flat");
        };
    return validity == null ? n : Selections.whereValid(validity, out, n, out);
  }

  private int selectWide(Int128Vector values, Input input, int[] out) {
    int[] positions = input.positions();
    int n = 0;
    for (int i = 0; i < input.count(); i++) {
      int p = positions[i];
      out[n] = p;
      n += wide.contains(values.unscaled(p)) ? yes : 1 - yes;
    }
    return n;
  }
}
