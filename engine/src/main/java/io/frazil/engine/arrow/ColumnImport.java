package io.frazil.engine.arrow;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Vector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;

/// Reads a part of one Arrow vector into a vector of ours.
final class ColumnImport {
  private ColumnImport() {}

  static Vector read(FieldVector vector, DataType type, int from, int count) {
    long[] valid = validity(vector, from, count);
    return switch (type.physical()) {
      case BOOLEAN -> {
        byte[] values = bits(vector.getDataBuffer(), from, count);
        zeroNulls(valid, count, row -> values[row] = 0);
        yield new BooleanVector(type, values, count, valid);
      }
      case INT -> {
        int[] values = ints(vector, from, count);
        zeroNulls(valid, count, row -> values[row] = 0);
        yield new IntVector(type, values, count, valid);
      }
      case LONG -> {
        long[] values = longs(vector, from, count);
        zeroNulls(valid, count, row -> values[row] = 0);
        yield new LongVector(type, scaled(vector, values), count, valid);
      }
      case INT128 -> decimals(vector, type, from, count, valid);
      case DOUBLE -> {
        double[] values = doubles(vector, from, count);
        zeroNulls(valid, count, row -> values[row] = 0);
        yield new DoubleVector(type, values, count, valid);
      }
      case STRING -> TextImport.read(vector, type, from, count, valid);
    };
  }

  /// The validity of a part, null where it has no nulls.
  static long @Nullable [] validity(FieldVector vector, int from, int count) {
    if (vector.getNullCount() == 0) {
      return null;
    }
    byte[] flags = bits(vector.getValidityBuffer(), from, count);
    long[] valid = new long[Bitmap.words(count)];
    int present = 0;
    for (int i = 0; i < count; i++) {
      valid[i >>> 6] |= (long) flags[i] << i;
      present += flags[i];
    }
    return present == count ? null : valid;
  }

  /// Does something for each null row.
  static void zeroNulls(long @Nullable [] valid, int count, RowAction zero) {
    if (valid == null) {
      return;
    }
    for (int i = 0; i < count; i++) {
      if (!Bitmap.get(valid, i)) {
        zero.accept(i);
      }
    }
  }

  /// What is done with a row.
  interface RowAction {
    void accept(int row);
  }

  /// The integers of a vector of at most four bytes each, unsigned ones as such.
  static int[] ints(FieldVector vector, int from, int count) {
    int width = width(vector);
    ByteBuffer buffer = data(vector, from, count, width);
    int[] values = new int[count];
    if (width == Integer.BYTES) {
      buffer.asIntBuffer().get(values);
      return values;
    }
    int mask = unsigned(vector) ? (1 << (width * Byte.SIZE)) - 1 : -1;
    for (int i = 0; i < count; i++) {
      values[i] = mask & (width == Byte.BYTES ? buffer.get() : buffer.getShort());
    }
    return values;
  }

  // UInt32 and decimals that fit come in here as well.
  private static long[] longs(FieldVector vector, int from, int count) {
    int width = width(vector);
    long[] values = new long[count];
    if (width == Integer.BYTES) {
      int[] ints = ints(vector, from, count);
      for (int i = 0; i < count; i++) {
        values[i] = Integer.toUnsignedLong(ints[i]);
      }
      return values;
    }
    LongBuffer buffer = data(vector, from, count, width).asLongBuffer();
    if (width == Long.BYTES) {
      buffer.get(values);
    } else {
      for (int i = 0; i < count; i++) {
        values[i] = buffer.get(2 * i);
      }
    }
    return values;
  }

  private static double[] doubles(FieldVector vector, int from, int count) {
    int width = width(vector);
    ByteBuffer buffer = data(vector, from, count, width);
    double[] values = new double[count];
    if (width == Double.BYTES) {
      buffer.asDoubleBuffer().get(values);
    } else {
      for (int i = 0; i < count; i++) {
        values[i] = buffer.getFloat();
      }
    }
    return values;
  }

  private static Int128Vector decimals(
      FieldVector vector, DataType type, int from, int count, long @Nullable [] valid) {
    LongBuffer buffer = data(vector, from, count, 2 * Long.BYTES).asLongBuffer();
    long[] high = new long[count];
    long[] low = new long[count];
    for (int i = 0; i < count; i++) {
      low[i] = buffer.get(2 * i);
      high[i] = buffer.get(2 * i + 1);
    }
    zeroNulls(valid, count, row -> low[row] = 0);
    zeroNulls(valid, count, row -> high[row] = 0);
    return new Int128Vector(type, high, low, count, valid);
  }

  // Seconds and milliseconds become microseconds.
  private static long[] scaled(FieldVector vector, long[] values) {
    if (!(vector.getField().getType() instanceof ArrowType.Timestamp timestamp)
        || timestamp.getUnit() == TimeUnit.MICROSECOND
        || timestamp.getUnit() == TimeUnit.NANOSECOND) {
      return values;
    }
    long factor = timestamp.getUnit() == TimeUnit.SECOND ? 1_000_000 : 1_000;
    try {
      for (int i = 0; i < values.length; i++) {
        values[i] = Math.multiplyExact(values[i], factor);
      }
    } catch (ArithmeticException e) {
      throw new FrazilException(
          ErrorCode.NUMERIC_OVERFLOW,
          "column '%s' has a time beyond the range of microseconds".formatted(vector.getName()),
          e);
    }
    return values;
  }

  private static ByteBuffer data(FieldVector vector, int from, int count, int width) {
    return vector
        .getDataBuffer()
        .nioBuffer((long) from * width, count * width)
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static byte[] bits(ArrowBuf buffer, int from, int count) {
    byte[] flags = new byte[count];
    for (int i = 0; i < count; i++) {
      int bit = from + i;
      flags[i] = (byte) ((buffer.getByte(bit >>> 3) >>> (bit & 7)) & 1);
    }
    return flags;
  }

  private static int width(FieldVector vector) {
    return ((BaseFixedWidthVector) vector).getTypeWidth();
  }

  private static boolean unsigned(FieldVector vector) {
    return vector.getField().getType() instanceof ArrowType.Int type && !type.getIsSigned();
  }
}
