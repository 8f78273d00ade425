package io.frazil.iceberg.imports;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.iceberg.types.Comparators;
import org.apache.parquet.format.ConvertedType;
import org.apache.parquet.format.LogicalType;
import org.apache.parquet.format.SchemaElement;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.TimeUnit;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/// The bounds of a column over a file's row groups, as literals hold them. As soon as one row group
/// doesn't tell its own, there are none.
final class FooterBounds {
  private final SchemaElement element;
  private final DataType type;
  private @Nullable Object min;
  private @Nullable Object max;
  private boolean known = true;

  /// @param element how values of `type` are stored
  FooterBounds(SchemaElement element, DataType type) {
    this.element = element;
    this.type = type;
  }

  /// Adds a row group that has values. The older `min` and `max`, of an order that writers did not
  /// agree on, don't count.
  void add(@Nullable Statistics statistics) {
    Object lower = statistics == null ? null : value(statistics.getMin_value());
    Object upper = statistics == null ? null : value(statistics.getMax_value());
    if (lower == null || upper == null || compare(lower, upper) > 0) {
      known = false;
      return;
    }
    min = min == null || compare(lower, min) < 0 ? lower : min;
    max = max == null || compare(upper, max) > 0 ? upper : max;
  }

  @Nullable Object min() {
    return known ? min : null;
  }

  @Nullable Object max() {
    return known ? max : null;
  }

  private static int compare(Object left, Object right) {
    return switch (left) {
      case String text -> Comparators.charSequences().compare(text, (String) right);
      case Long number -> Long.compare(number, (Long) right);
      case Double number -> Double.compare(number, (Double) right);
      case BigDecimal number -> number.compareTo((BigDecimal) right);
      case Boolean bool -> Boolean.compare(bool, (Boolean) right);
      default -> throw new IllegalArgumentException(left.getClass().getName());
    };
  }

  /// A value in the plain form, or null where it is none: bounds come from files that others wrote,
  /// and one that makes no sense is as good as absent.
  private @Nullable Object value(byte @Nullable [] plain) {
    Type stored = element.getType();
    if (plain == null || stored == null) {
      return null;
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
      return switch (stored) {
        case BOOLEAN -> bytes.get() != 0;
        case INT32 -> ofInt(bytes.getInt());
        case INT64 -> ofLong(bytes.getLong());
        case FLOAT -> number(bytes.getFloat());
        case DOUBLE -> number(bytes.getDouble());
        case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> ofBytes(plain);
        case INT96 -> null;
      };
    } catch (BufferUnderflowException | CharacterCodingException | ArithmeticException _) {
      return null;
    }
  }

  /// The only integer of 32 bits that needs a BIGINT is the unsigned one.
  private Object ofInt(int value) {
    return type == Types.BIGINT ? (Object) Integer.toUnsignedLong(value) : ofLong(value);
  }

  private Object ofLong(long value) {
    if (type instanceof DataType.Decimal(int _, int scale)) {
      return BigDecimal.valueOf(value, scale);
    }
    return isMilliseconds() ? Math.multiplyExact(value, 1000L) : value;
  }

  private boolean isMilliseconds() {
    LogicalType logical = element.getLogicalType();
    if (logical == null || !logical.isSetTIMESTAMP()) {
      return element.getConverted_type() == ConvertedType.TIMESTAMP_MILLIS;
    }
    TimeUnit unit = logical.getTIMESTAMP().getUnit();
    return unit != null && unit.isSetMILLIS();
  }

  private static @Nullable Object number(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private @Nullable Object ofBytes(byte[] bytes) throws CharacterCodingException {
    if (type instanceof DataType.Decimal(int _, int scale) && bytes.length > 0) {
      return new BigDecimal(new BigInteger(bytes), scale);
    }
    return type == Types.VARCHAR
        ? StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString()
        : null;
  }
}
