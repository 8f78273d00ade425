package io.frazil.engine.arrow;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Text, its bytes one after the other.
final class TextAppender extends ColumnAppender {
  /// The longest array that every JVM allocates.
  private static final int BYTES_MAX = Integer.MAX_VALUE - 8;

  private byte[] bytes = {};

  /// Where values begin, and behind them where the last one ends: Arrow's offsets.
  private int[] offsets = {};

  TextAppender(Reservation reservation) {
    super(reservation);
  }

  @Override
  void resize(int rows) {
    reserve((rows + 1L - offsets.length) * Integer.BYTES);
    offsets = Arrays.copyOf(offsets, rows + 1);
  }

  @Override
  void appendFlat(Vector vector, int @Nullable [] positions, int from, int count) {
    var text = (StringVector) vector;
    int at = length();
    int start = byteCount();
    appendOffsets(text.lengths(), positions, from, count);
    int end = offsets[at + count];
    if (end == start) {
      return;
    }
    reserveBytes(end);
    int[] starts = text.starts();
    if (positions == null && isContiguous(starts, from, count)) {
      System.arraycopy(text.bytes(), starts[from], bytes, start, end - start);
      return;
    }
    for (int i = 0; i < count; i++) {
      int position = positions == null ? from + i : positions[from + i];
      int offset = offsets[at + i];
      System.arraycopy(text.bytes(), starts[position], bytes, offset, offsets[at + i + 1] - offset);
    }
  }

  /// How many bytes its values have so far.
  private int byteCount() {
    return length() == 0 ? 0 : offsets[length()];
  }

  /// Nulls get no bytes.
  private void appendOffsets(int[] lengths, int @Nullable [] positions, int from, int count) {
    int at = length();
    boolean mayBeNull = nulls() > 0;
    long end = byteCount();
    offsets[at] = (int) end;
    for (int i = 0; i < count; i++) {
      int position = positions == null ? from + i : positions[from + i];
      end += mayBeNull && isNull(at + i) ? 0 : lengths[position];
      offsets[at + i + 1] = (int) end;
    }
    if (end > BYTES_MAX) {
      throw new FrazilException(
          ErrorCode.MEMORY_LIMIT, "More than 2 GiB of text in one batch cannot be held");
    }
  }

  /// Whether values lie one behind the other, as they will.
  private boolean isContiguous(int[] starts, int from, int count) {
    int at = length();
    int shift = starts[from] - offsets[at];
    int differs = 0;
    for (int i = 0; i < count; i++) {
      // Where there is nothing to copy, any place will do.
      int empty = (offsets[at + i + 1] - offsets[at + i] - 1) >> (Integer.SIZE - 1);
      differs |= (starts[from + i] - offsets[at + i] - shift) & ~empty;
    }
    return differs == 0;
  }

  private void reserveBytes(int needed) {
    if (needed > bytes.length) {
      int next = Math.clamp(2L * bytes.length, needed, BYTES_MAX);
      reserve(next - bytes.length);
      bytes = Arrays.copyOf(bytes, next);
    }
  }

  // Nulls never got any bytes.
  @Override
  void zeroNulls(int from, int to) {}

  @Override
  void writeValues(BodyBuffer body) {
    body.ints(offsets, length() + 1);
    body.bytes(bytes, byteCount());
  }

  @Override
  long valueBytes() {
    return (length() + 1L) * Integer.BYTES + Long.BYTES + byteCount();
  }
}
