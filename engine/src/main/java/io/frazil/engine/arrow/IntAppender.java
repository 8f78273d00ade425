package io.frazil.engine.arrow;

import io.frazil.engine.memory.Reservation;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Values of up to four bytes: integers, dates, and the bits of REAL.
final class IntAppender extends ColumnAppender {
  private final int width;
  private int[] values = {};

  /// @param width of a value in Arrow, in bytes
  IntAppender(int width, Reservation reservation) {
    super(reservation);
    this.width = width;
  }

  @Override
  void resize(int rows) {
    reserve((rows - values.length) * (long) Integer.BYTES);
    values = Arrays.copyOf(values, rows);
  }

  @Override
  void appendFlat(Vector vector, int @Nullable [] positions, int from, int count) {
    if (vector instanceof DoubleVector v) {
      gather(v.values(), positions, from, count);
    } else {
      gather(((IntVector) vector).values(), positions, from, count);
    }
  }

  private void gather(int[] source, int @Nullable [] positions, int from, int count) {
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
      values[at + i] = Float.floatToRawIntBits((float) source[position]);
    }
  }

  @Override
  void zeroNulls(int from, int to) {
    for (int i = from; i < to; i++) {
      if (isNull(i)) {
        values[i] = 0;
      }
    }
  }

  @Override
  void writeValues(BodyBuffer body) {
    switch (width) {
      case Byte.BYTES -> body.bytes(values, length());
      case Short.BYTES -> body.shorts(values, length());
      default -> body.ints(values, length());
    }
  }

  @Override
  long valueBytes() {
    return length() * (long) width;
  }
}
