package io.frazil.engine.arrow;

import io.frazil.engine.memory.Reservation;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.DictionaryVector;
import io.frazil.engine.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Collects the values of one column, of live rows only and out of their dictionaries, in the
/// widths that they have in Arrow: up to [Batch#MAX_ROWS]. Its arrays are kept from one record
/// batch to the next, and reserved before they grow.
abstract sealed class ColumnAppender
    permits BooleanAppender, IntAppender, LongAppender, TextAppender {
  private static final int MIN_CAPACITY = 64;

  private final Reservation reservation;
  private int capacity;
  private int length;

  /// Of the rows so far, once one of them is null; before, it means nothing.
  private long[] validity = {};

  private int nulls;

  ColumnAppender(Reservation reservation) {
    this.reservation = reservation;
  }

  static ColumnAppender of(DataType type, Reservation reservation) {
    return switch (type.physical()) {
      case BOOLEAN -> new BooleanAppender(reservation);
      case INT -> new IntAppender(width(type), reservation);
      case LONG, INT128 -> new LongAppender(type instanceof DataType.Decimal ? 2 : 1, reservation);
      case DOUBLE ->
          type == Types.REAL
              ? new IntAppender(Float.BYTES, reservation)
              : new LongAppender(1, reservation);
      case STRING -> new TextAppender(reservation);
    };
  }

  private static int width(DataType type) {
    if (type == Types.TINYINT) {
      return Byte.BYTES;
    }
    return type == Types.SMALLINT ? Short.BYTES : Integer.BYTES;
  }

  /// Takes the values at `live[from]` to `live[from + count - 1]`; where all rows are alive, those
  /// from `from` on.
  ///
  /// @param scratch of at least `count`, for the entries of a dictionary
  final void append(Vector vector, int @Nullable [] live, int from, int count, int[] scratch) {
    reserveRows(length + count);
    int nullsBefore = nulls;
    appendValidity(vector.validity(), live, from, count);
    if (vector instanceof DictionaryVector d) {
      if (live == null) {
        appendFlat(d.dictionary(), d.ids(), from, count);
      } else {
        int[] ids = d.ids();
        for (int i = 0; i < count; i++) {
          scratch[i] = ids[live[from + i]];
        }
        appendFlat(d.dictionary(), scratch, 0, count);
      }
      if (nulls > nullsBefore) {
        zeroNulls(length, length + count);
      }
    } else {
      appendFlat(vector, live, from, count);
    }
    length += count;
  }

  private void reserveRows(int rows) {
    if (rows > capacity) {
      int next = Math.clamp(2L * capacity, Math.max(rows, MIN_CAPACITY), Batch.MAX_ROWS);
      resize(next);
      capacity = next;
    }
  }

  private void appendValidity(long @Nullable [] valid, int @Nullable [] live, int from, int count) {
    if (valid == null && nulls == 0) {
      return;
    }
    int words = Bitmap.words(capacity);
    if (words > validity.length) {
      reserve((words - validity.length) * (long) Long.BYTES);
      validity = Arrays.copyOf(validity, words);
    }
    if (nulls == 0) {
      Bits.appendSet(validity, 0, length);
    }
    if (valid == null) {
      Bits.appendSet(validity, length, count);
    } else {
      nulls += count - Bits.append(valid, live, from, count, validity, length);
    }
  }

  /// Writes its buffers to a body: which values are there, where some are not, and the values.
  final void writeTo(BodyBuffer body) {
    body.bits(validity, nulls == 0 ? 0 : length);
    writeValues(body);
  }

  /// How many bytes its buffers have, the gaps between them counted.
  final long bodyBytes() {
    return Bitmap.words(length) * (long) Long.BYTES + valueBytes() + 2L * Long.BYTES;
  }

  final int length() {
    return length;
  }

  final int nulls() {
    return nulls;
  }

  final boolean isNull(int row) {
    return nulls > 0 && !Bitmap.get(validity, row);
  }

  /// Which rows are not null, where one is.
  final long[] validity() {
    return validity;
  }

  /// Begins anew.
  final void clear() {
    length = 0;
    nulls = 0;
  }

  final void reserve(long bytes) {
    reservation.grow(bytes);
  }

  /// Makes room for so many rows, which it reserves before.
  abstract void resize(int rows);

  abstract void appendFlat(Vector vector, int @Nullable [] positions, int from, int count);

  /// Null slots of a dictionary vector have the value of an entry.
  abstract void zeroNulls(int from, int to);

  abstract void writeValues(BodyBuffer body);

  abstract long valueBytes();
}
