package io.frazil.engine.arrow;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.DataType.Simple;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Vector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;

/// Values of a fixed width, each held as a long: floating point as its bits, and of decimals the
/// low half, with the high half beside it.
final class FixedAppender extends ColumnAppender {
  private final boolean decimal;
  private final boolean real;
  private final int width;
  private long[] values = {};
  private long[] high = {};

  FixedAppender(DataType type) {
    this.decimal = type instanceof DataType.Decimal;
    this.real = type == Simple.REAL;
    this.width =
        switch (type) {
          case Simple.BOOLEAN -> 0;
          case Simple.TINYINT -> Byte.BYTES;
          case Simple.SMALLINT -> Short.BYTES;
          case Simple.INTEGER, Simple.DATE, Simple.REAL -> Integer.BYTES;
          case Simple.BIGINT, Simple.DOUBLE -> Long.BYTES;
          case DataType.Timestamp _ -> Long.BYTES;
          case DataType.Decimal _ -> 2 * Long.BYTES;
          case Simple.VARCHAR -> throw new IllegalArgumentException("text has no fixed width");
        };
  }

  @Override
  void appendFlat(Vector vector, int[] positions, int from, int count) {
    reserve(length() + count);
    switch (vector) {
      case BooleanVector v -> gather(v.values(), positions, from, count);
      case IntVector v -> gather(v.values(), positions, from, count);
      case LongVector v -> {
        gather(v.values(), values, positions, from, count);
        extendSign(count);
      }
      case Int128Vector v -> {
        gather(v.low(), values, positions, from, count);
        gather(v.high(), high, positions, from, count);
      }
      case DoubleVector v -> gather(v.values(), positions, from, count);
      case Vector v -> throw new IllegalArgumentException(v.type().text() + " has no width");
    }
  }

  private void reserve(int needed) {
    if (needed > values.length) {
      int capacity = Math.max(needed, values.length * 2);
      values = Arrays.copyOf(values, capacity);
      high = decimal ? Arrays.copyOf(high, capacity) : high;
    }
  }

  private void gather(byte[] source, int[] positions, int from, int count) {
    int at = length();
    for (int i = 0; i < count; i++) {
      values[at + i] = source[positions[from + i]];
    }
  }

  private void gather(int[] source, int[] positions, int from, int count) {
    int at = length();
    for (int i = 0; i < count; i++) {
      values[at + i] = source[positions[from + i]];
    }
  }

  private void gather(long[] source, long[] into, int[] positions, int from, int count) {
    int at = length();
    for (int i = 0; i < count; i++) {
      into[at + i] = source[positions[from + i]];
    }
  }

  private void gather(double[] source, int[] positions, int from, int count) {
    int at = length();
    if (real) {
      for (int i = 0; i < count; i++) {
        values[at + i] = Float.floatToRawIntBits((float) source[positions[from + i]]);
      }
    } else {
      for (int i = 0; i < count; i++) {
        values[at + i] = Double.doubleToRawLongBits(source[positions[from + i]]);
      }
    }
  }

  private void extendSign(int count) {
    if (decimal) {
      int at = length();
      for (int i = 0; i < count; i++) {
        high[at + i] = values[at + i] >> (Long.SIZE - 1);
      }
    }
  }

  @Override
  void zeroNulls(int from, int to) {
    for (int i = from; i < to; i++) {
      if (isNull(i)) {
        values[i] = 0;
        if (decimal) {
          high[i] = 0;
        }
      }
    }
  }

  @Override
  void fillValues(FieldVector vector) {
    int length = length();
    if (vector.getValueCapacity() < length) {
      ((BaseFixedWidthVector) vector).allocateNew(length);
    }
    if (length == 0) {
      return;
    }
    ArrowBuf data = vector.getDataBuffer();
    int bytes = width == 0 ? (length + 7) / Byte.SIZE : length * width;
    ByteBuffer buffer = data.nioBuffer(0, bytes).order(ByteOrder.LITTLE_ENDIAN);
    switch (width) {
      case 0 -> fillBits(buffer);
      case Byte.BYTES -> fillBytes(buffer);
      case Short.BYTES -> fillShorts(buffer);
      case Integer.BYTES -> fillInts(buffer.asIntBuffer());
      case Long.BYTES -> buffer.asLongBuffer().put(values, 0, length);
      default -> fillPairs(buffer.asLongBuffer());
    }
  }

  private void fillBits(ByteBuffer buffer) {
    for (int i = 0; i < length(); i += Byte.SIZE) {
      int bits = 0;
      int rest = Math.min(Byte.SIZE, length() - i);
      for (int bit = 0; bit < rest; bit++) {
        bits |= (int) values[i + bit] << bit;
      }
      buffer.put((byte) bits);
    }
  }

  private void fillBytes(ByteBuffer buffer) {
    for (int i = 0; i < length(); i++) {
      buffer.put(i, (byte) values[i]);
    }
  }

  private void fillShorts(ByteBuffer buffer) {
    for (int i = 0; i < length(); i++) {
      buffer.putShort(i * Short.BYTES, (short) values[i]);
    }
  }

  private void fillInts(IntBuffer buffer) {
    for (int i = 0; i < length(); i++) {
      buffer.put(i, (int) values[i]);
    }
  }

  private void fillPairs(LongBuffer buffer) {
    for (int i = 0; i < length(); i++) {
      buffer.put(2 * i, values[i]);
      buffer.put(2 * i + 1, high[i]);
    }
  }

  @Override
  void clearValues() {}

  @Override
  long valueBytes() {
    return (values.length + (long) high.length) * Long.BYTES;
  }
}
