package io.frazil.engine.arrow;

import io.frazil.engine.memory.Reservation;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Values of one or two words: integers, times, the bits of DOUBLE, and decimals, low word first.
final class LongAppender extends ColumnAppender {
  private final int words;
  private long[] values = {};

  /// @param words of a value, 1 or 2
  LongAppender(int words, Reservation reservation) {
    super(reservation);
    this.words = words;
  }

  @Override
  void resize(int rows) {
    reserve(((long) rows * words - values.length) * Long.BYTES);
    values = Arrays.copyOf(values, rows * words);
  }

  @Override
  void appendFlat(Vector vector, int @Nullable [] positions, int from, int count) {
    if (vector instanceof DoubleVector v) {
      gather(v.values(), positions, from, count);
    } else if (vector instanceof Int128Vector v) {
      gatherPairs(v.low(), v.high(), positions, from, count);
    } else if (words == 1) {
      gather(((LongVector) vector).values(), positions, from, count);
    } else {
      gatherWidened(((LongVector) vector).values(), positions, from, count);
    }
  }

  private void gather(long[] source, int @Nullable [] positions, int from, int count) {
    int at = length();
    if (positions == null) {
      System.arraycopy(source, from, values, at, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      values[at + i] = source[positions[from + i]];
    }
  }

  private void gather(double[] source, int @Nullable [] positions, int from, int count) {
    int at = length();
    for (int i = 0; i < count; i++) {
      int position = positions == null ? from + i : positions[from + i];
      values[at + i] = Double.doubleToRawLongBits(source[position]);
    }
  }

  private void gatherWidened(long[] source, int @Nullable [] positions, int from, int count) {
    int at = 2 * length();
    for (int i = 0; i < count; i++) {
      long value = source[positions == null ? from + i : positions[from + i]];
      values[at + 2 * i] = value;
      values[at + 2 * i + 1] = value >> (Long.SIZE - 1);
    }
  }

  private void gatherPairs(
      long[] low, long[] high, int @Nullable [] positions, int from, int count) {
    int at = 2 * length();
    for (int i = 0; i < count; i++) {
      int position = positions == null ? from + i : positions[from + i];
      values[at + 2 * i] = low[position];
      values[at + 2 * i + 1] = high[position];
    }
  }

  @Override
  void zeroNulls(int from, int to) {
    for (int i = from; i < to; i++) {
      if (isNull(i)) {
        Arrays.fill(values, i * words, (i + 1) * words, 0);
      }
    }
  }

  @Override
  void writeValues(BodyBuffer body) {
    body.longs(values, length() * words);
  }

  @Override
  long valueBytes() {
    return (long) length() * words * Long.BYTES;
  }
}
