package io.frazil.engine.arrow;

import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// Collects the values of one column, of live rows only and out of their dictionaries, and fills
/// Arrow vectors with them.
abstract sealed class ColumnAppender permits FixedAppender, TextAppender {
  private final int[] entries = new int[Batch.MAX_ROWS];
  private long[] validity = {};
  private int length;
  private int nulls;

  static ColumnAppender of(DataType type) {
    return switch (type.physical()) {
      case BOOLEAN, INT, LONG, INT128, DOUBLE -> new FixedAppender(type);
      case STRING -> new TextAppender();
    };
  }

  /// Takes the values at `live[from]` to `live[from + count - 1]`.
  final void append(Vector vector, int[] live, int from, int count) {
    int end = length + count;
    if (Bitmap.words(end) > validity.length) {
      validity = Arrays.copyOf(validity, Math.max(Bitmap.words(end), validity.length * 2));
    }
    int nullsBefore = nulls;
    appendValidity(vector.validity(), live, from, count);
    if (vector instanceof DictionaryVector d) {
      int[] ids = d.ids();
      for (int i = 0; i < count; i++) {
        entries[i] = ids[live[from + i]];
      }
      appendFlat(d.dictionary(), entries, 0, count);
      if (nulls > nullsBefore) {
        zeroNulls(length, end);
      }
    } else {
      appendFlat(vector, live, from, count);
    }
    length = end;
  }

  private void appendValidity(long @Nullable [] valid, int[] live, int from, int count) {
    for (int i = 0; i < count; i++) {
      if (valid == null || Bitmap.get(valid, live[from + i])) {
        Bitmap.set(validity, length + i);
      } else {
        Bitmap.clear(validity, length + i);
        nulls++;
      }
    }
  }

  /// Makes the vector hold what was collected.
  final void fill(FieldVector vector) {
    fillValues(vector);
    ArrowBuf bits = vector.getValidityBuffer();
    for (int i = 0; i < Bitmap.words(length); i++) {
      int bytes = Math.min(Long.BYTES, (length - i * Long.SIZE + 7) / Byte.SIZE);
      for (int b = 0; b < bytes; b++) {
        bits.setByte(i * (long) Long.BYTES + b, (byte) (validity[i] >>> (b * Byte.SIZE)));
      }
    }
    vector.setValueCount(length);
  }

  final int length() {
    return length;
  }

  final boolean isNull(int row) {
    return !Bitmap.get(validity, row);
  }

  final void clear() {
    length = 0;
    nulls = 0;
    clearValues();
  }

  /// How much memory is held.
  final long bytes() {
    return (long) validity.length * Long.BYTES + valueBytes();
  }

  abstract void appendFlat(Vector vector, int[] positions, int from, int count);

  /// Null slots of a dictionary vector have the value of an entry.
  abstract void zeroNulls(int from, int to);

  abstract void fillValues(FieldVector vector);

  abstract void clearValues();

  abstract long valueBytes();
}
