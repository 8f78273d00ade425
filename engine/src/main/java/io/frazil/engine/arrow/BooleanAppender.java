package io.frazil.engine.arrow;

import io.frazil.engine.memory.Reservation;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Booleans, a bit each.
final class BooleanAppender extends ColumnAppender {
  private long[] bits = {};

  BooleanAppender(Reservation reservation) {
    super(reservation);
  }

  @Override
  void resize(int rows) {
    reserve((Bitmap.words(rows) - bits.length) * (long) Long.BYTES);
    bits = Arrays.copyOf(bits, Bitmap.words(rows));
  }

  @Override
  void appendFlat(Vector vector, int @Nullable [] positions, int from, int count) {
    Bits.append(((BooleanVector) vector).values(), positions, from, count, bits, length());
  }

  @Override
  void zeroNulls(int from, int to) {
    long[] valid = validity();
    for (int word = from >>> 6; word < Bitmap.words(to); word++) {
      bits[word] &= valid[word];
    }
  }

  @Override
  void writeValues(BodyBuffer body) {
    body.bits(bits, length());
  }

  @Override
  long valueBytes() {
    return Bitmap.words(length()) * (long) Long.BYTES;
  }
}
