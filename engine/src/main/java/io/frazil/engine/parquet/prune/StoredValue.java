package io.frazil.engine.parquet.prune;

import io.frazil.engine.parquet.decode.Conversion;
import io.frazil.engine.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/// Values in statistics, which are stored in plain form.
///
/// @param conversion from the stored form to `type`
public record StoredValue(Type stored, Conversion conversion, DataType type) {
  /// The value as [Bounds] have it, or null where it is damaged or says nothing.
  public @Nullable Object read(ByteBuffer bytes) {
    ByteBuffer value = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    int size = value.remaining();
    return switch (stored) {
      case BOOLEAN -> size == 1 ? value.get() != 0 : null;
      case INT32 -> size == 4 ? integer(value.getInt()) : null;
      case INT64 -> size == 8 ? integer(value.getLong()) : null;
      case FLOAT -> size == 4 ? real(value.getFloat()) : null;
      case DOUBLE -> size == 8 ? real(value.getDouble()) : null;
      case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> bytes(value);
      case INT96 -> null;
    };
  }

  private @Nullable Object integer(long value) {
    if (type instanceof DataType.Decimal(int _, int scale)) {
      return BigDecimal.valueOf(value, scale);
    }
    return switch (conversion) {
      case UNSIGNED_INT_TO_LONG -> value & 0xFFFFFFFFL;
      case MILLIS_TO_MICROS -> value == value * 1000 / 1000 ? value * 1000 : null;
      case NONE, INT_TO_LONG -> value;
      case BYTES_TO_LONG, BYTES_TO_INT128 -> null;
    };
  }

  private static @Nullable Object real(double value) {
    return Double.isNaN(value) ? null : (Double) value;
  }

  private @Nullable Object bytes(ByteBuffer value) {
    byte[] bytes = new byte[value.remaining()];
    value.get(bytes);
    if (type instanceof DataType.Decimal(int _, int scale)) {
      return bytes.length == 0 ? null : new BigDecimal(new BigInteger(bytes), scale);
    }
    return bytes;
  }
}
