package io.frazil.engine.function.aggregate;

import io.frazil.engine.function.aggregate.ExtremeFunction.End;
import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;

/// Extremes of decimals that may not fit a long.
final class WideExtremes extends Extremes {
  private final End end;
  private long[] high = {};
  private long[] low = {};

  WideExtremes(DataType type, End end) {
    super(type);
    this.end = end;
  }

  @Override
  void resizeValues(int groups) {
    if (groups > high.length) {
      high = Arrays.copyOf(high, GroupArrays.capacity(groups));
      low = Arrays.copyOf(low, high.length);
    }
  }

  @Override
  void add(int[] groups, Vector values, int count) {
    for (int i = 0; i < count; i++) {
      if (!values.isNull(i)) {
        switch (values) {
          case Int128Vector v -> add(groups[i], v.high()[i], v.low()[i]);
          case LongVector v -> add(groups[i], v.values()[i] >> 63, v.values()[i]);
          case Vector v -> throw new IllegalArgumentException(v.type().text() + " is no decimal");
        }
      }
    }
  }

  @Override
  public Vector result(int from, int count) {
    long[] highs = Arrays.copyOfRange(high, from, from + count);
    long[] lows = Arrays.copyOfRange(low, from, from + count);
    return new Int128Vector(type, highs, lows, count, seen.validity(from, count));
  }

  @Override
  public long bytes() {
    return 2L * high.length * Long.BYTES + seen.bytes();
  }

  private void add(int group, long addedHigh, long addedLow) {
    int order =
        addedHigh == high[group]
            ? Long.compareUnsigned(addedLow, low[group])
            : Long.compare(addedHigh, high[group]);
    boolean isBetter = end == End.LEAST ? order < 0 : order > 0;
    if (isBetter || !seen.contains(group)) {
      high[group] = addedHigh;
      low[group] = addedLow;
      seen.mark(group);
    }
  }
}
