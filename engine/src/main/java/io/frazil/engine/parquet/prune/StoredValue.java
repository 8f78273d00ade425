package io.frazil.engine.parquet.prune;

import io.frazil.engine.parquet.decode.Conversion;
import io.frazil.engine.type.DataType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
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

  /// The plain form of a value, without the length of byte arrays; null where there may be several,
  /// as of the zeros, or there is none.
  ///
  /// @param value as literals of `type` have it
  public byte @Nullable [] plain(Object value) {
    return switch (value) {
      case Long number -> plainInteger(number);
      case BigDecimal decimal when type instanceof DataType.Decimal(int _, int scale) ->
          decimal.stripTrailingZeros().scale() <= scale
              ? plainUnscaled(decimal.setScale(scale).unscaledValue())
              : null;
      case String text when stored == Type.BYTE_ARRAY -> text.getBytes(StandardCharsets.UTF_8);
      case Double number when number != 0 && !number.isNaN() -> plainReal(number);
      default -> null;
    };
  }

  private byte @Nullable [] plainInteger(long number) {
    return switch (conversion) {
      case NONE, INT_TO_LONG -> {
        boolean fits = stored == Type.INT64 || number == (int) number;
        yield fits ? littleEndian(number) : null;
      }
      case UNSIGNED_INT_TO_LONG -> number >>> 32 == 0 ? littleEndian(number) : null;
      case MILLIS_TO_MICROS -> number % 1000 == 0 ? littleEndian(number / 1000) : null;
      case BYTES_TO_LONG, BYTES_TO_INT128 -> null;
    };
  }

  private byte @Nullable [] plainReal(double number) {
    return switch (stored) {
      case FLOAT ->
          number == (float) number ? littleEndian(Float.floatToIntBits((float) number)) : null;
      case DOUBLE -> littleEndian(Double.doubleToLongBits(number));
      case BOOLEAN, INT32, INT64, INT96, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> null;
    };
  }

  /// Byte arrays of varying length may begin with any number of bytes that repeat the sign.
  private byte @Nullable [] plainUnscaled(BigInteger unscaled) {
    return switch (stored) {
      case INT32 -> unscaled.bitLength() < 32 ? littleEndian(unscaled.intValue()) : null;
      case INT64 -> unscaled.bitLength() < 64 ? littleEndian(unscaled.longValue()) : null;
      case BOOLEAN, INT96, FLOAT, DOUBLE, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> null;
    };
  }

  private byte @Nullable [] littleEndian(long number) {
    return switch (stored) {
      case INT32, FLOAT ->
          ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt((int) number).array();
      case INT64, DOUBLE ->
          ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
      case BOOLEAN, INT96, BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> null;
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
