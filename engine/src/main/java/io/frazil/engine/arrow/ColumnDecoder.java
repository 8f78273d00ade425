package io.frazil.engine.arrow;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.PhysicalType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.NullSlots;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import org.jspecify.annotations.Nullable;

/// Reads a column's buffers into a vector of ours, which shares nothing with them. Null slots
/// become zero, as Arrow promises nothing of them.
final class ColumnDecoder {
  /// Of the words of decimals, how many pairs are taken apart at a time.
  private static final int PAIRS = 256;

  private ColumnDecoder() {}

  /// How many buffers a column has.
  static int buffers(DataType type) {
    return type.physical() == PhysicalType.STRING ? 3 : 2;
  }

  /// @param nulls how many of the rows are
  /// @throws IOException where the buffers are not those of such a column
  static Vector read(BodyReader body, Field field, int rows, int nulls) throws IOException {
    long[] valid = validity(body, rows, nulls);
    DataType type = field.type();
    return switch (type.physical()) {
      case BOOLEAN -> booleans(body, type, rows, valid);
      case INT -> ints(body, type, rows, valid);
      case LONG ->
          type instanceof DataType.Decimal
              ? decimals(body, type, rows, valid)
              : longs(body, type, rows, valid);
      case INT128 -> wideDecimals(body, type, rows, valid);
      case DOUBLE -> doubles(body, type, rows, valid);
      case STRING -> text(body, field, rows, valid);
    };
  }

  /// Null where nothing is.
  private static long @Nullable [] validity(BodyReader body, int rows, int nulls)
      throws IOException {
    if (!body.advance() && nulls == 0) {
      return null;
    }
    body.unpack(bitBytes(rows));
    long[] valid = bits(body, rows);
    int missing = rows - Bitmap.count(valid, rows);
    if (missing != nulls) {
      throw new IOException("a column has %d nulls, not %d".formatted(missing, nulls));
    }
    return nulls == 0 ? null : valid;
  }

  private static int bitBytes(int bits) {
    return (bits + Byte.SIZE - 1) / Byte.SIZE;
  }

  /// The first bits of a buffer, which ends behind the last byte that has one.
  private static long[] bits(BodyReader body, int count) {
    ByteBuffer buffer = body.view();
    long[] words = new long[Bitmap.words(count)];
    int whole = count / Long.SIZE;
    buffer.asLongBuffer().get(words, 0, whole);
    for (int i = whole * Long.BYTES; i < bitBytes(count); i++) {
      words[whole] |= (buffer.get(i) & 0xFFL) << (i * Byte.SIZE);
    }
    return words;
  }

  private static Vector booleans(BodyReader body, DataType type, int rows, long @Nullable [] valid)
      throws IOException {
    body.advance(bitBytes(rows));
    long[] words = bits(body, rows);
    byte[] values = new byte[rows];
    for (int i = 0; i < rows; i++) {
      values[i] = (byte) (words[i >>> 6] >>> i & 1);
    }
    NullSlots.zero(values, valid, rows);
    return new BooleanVector(type, values, rows, valid);
  }

  private static Vector ints(BodyReader body, DataType type, int rows, long @Nullable [] valid)
      throws IOException {
    int[] values = new int[rows];
    if (type == Types.TINYINT) {
      body.advance(rows);
      ByteBuffer buffer = body.view();
      for (int i = 0; i < rows; i++) {
        values[i] = buffer.get(i);
      }
    } else if (type == Types.SMALLINT) {
      body.advance(rows * Short.BYTES);
      ByteBuffer buffer = body.view();
      for (int i = 0; i < rows; i++) {
        values[i] = buffer.getShort(i * Short.BYTES);
      }
    } else {
      body.advance(rows * Integer.BYTES);
      body.view().asIntBuffer().get(values);
    }
    NullSlots.zero(values, valid, rows);
    return new IntVector(type, values, rows, valid);
  }

  private static Vector longs(BodyReader body, DataType type, int rows, long @Nullable [] valid)
      throws IOException {
    body.advance(rows * Long.BYTES);
    long[] values = new long[rows];
    body.view().asLongBuffer().get(values);
    NullSlots.zero(values, valid, rows);
    return new LongVector(type, values, rows, valid);
  }

  /// Of a precision that fits a long.
  private static Vector decimals(BodyReader body, DataType type, int rows, long @Nullable [] valid)
      throws IOException {
    long[] values = new long[rows];
    long[] pairs = new long[2 * PAIRS];
    body.advance(2 * rows * Long.BYTES);
    LongBuffer buffer = body.view().asLongBuffer();
    for (int from = 0; from < rows; from += PAIRS) {
      int count = Math.min(PAIRS, rows - from);
      buffer.get(pairs, 0, 2 * count);
      for (int i = 0; i < count; i++) {
        values[from + i] = pairs[2 * i];
      }
    }
    NullSlots.zero(values, valid, rows);
    return new LongVector(type, values, rows, valid);
  }

  private static Vector wideDecimals(
      BodyReader body, DataType type, int rows, long @Nullable [] valid) throws IOException {
    long[] high = new long[rows];
    long[] low = new long[rows];
    long[] pairs = new long[2 * PAIRS];
    body.advance(2 * rows * Long.BYTES);
    LongBuffer buffer = body.view().asLongBuffer();
    for (int from = 0; from < rows; from += PAIRS) {
      int count = Math.min(PAIRS, rows - from);
      buffer.get(pairs, 0, 2 * count);
      for (int i = 0; i < count; i++) {
        low[from + i] = pairs[2 * i];
        high[from + i] = pairs[2 * i + 1];
      }
    }
    NullSlots.zero(high, valid, rows);
    NullSlots.zero(low, valid, rows);
    return new Int128Vector(type, high, low, rows, valid);
  }

  private static Vector doubles(BodyReader body, DataType type, int rows, long @Nullable [] valid)
      throws IOException {
    double[] values = new double[rows];
    if (type == Types.REAL) {
      body.advance(rows * Float.BYTES);
      FloatBuffer buffer = body.view().asFloatBuffer();
      for (int i = 0; i < rows; i++) {
        values[i] = buffer.get(i);
      }
    } else {
      body.advance(rows * Double.BYTES);
      body.view().asDoubleBuffer().get(values);
    }
    NullSlots.zero(values, valid, rows);
    return new DoubleVector(type, values, rows, valid);
  }

  private static Vector text(BodyReader body, Field field, int rows, long @Nullable [] valid)
      throws IOException {
    body.advance((rows + 1) * Integer.BYTES);
    int[] offsets = new int[rows + 1];
    body.view().asIntBuffer().get(offsets);
    int first = offsets[0];
    int last = offsets[rows];
    int[] starts = new int[rows];
    int[] lengths = new int[rows];
    int signs = first;
    for (int i = 0; i < rows; i++) {
      starts[i] = offsets[i] - first;
      lengths[i] = offsets[i + 1] - offsets[i];
      signs |= offsets[i + 1] | lengths[i];
    }
    // None is negative, so that no difference overflows; they ascend, so that none is beyond the
    // last.
    if (signs < 0) {
      throw new FrazilException(
          ErrorCode.FILE_CORRUPT,
          "the text offsets of column '%s' make no sense".formatted(field.name()));
    }
    boolean _ = body.advance();
    byte[] bytes = body.unpackedCopy(first, last);
    NullSlots.zero(starts, valid, rows);
    NullSlots.zero(lengths, valid, rows);
    return new StringVector(field.type(), bytes, starts, lengths, rows, valid);
  }
}
