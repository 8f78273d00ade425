package io.frazil.engine.parquet;

import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Literals as vectors of one value.
final class Constants {
  private static final long[] VALID = {1};
  private static final long[] NULL = {0};

  private Constants() {}

  /// One value of `type`, which is null where there is no literal or it is null.
  static Vector vector(@Nullable Literal literal, DataType type) {
    Object value = literal == null ? null : literal.value();
    long[] validity = value == null ? NULL : VALID;
    return switch (type.physical()) {
      case BOOLEAN ->
          new BooleanVector(
              type, new byte[] {(byte) (Boolean.TRUE.equals(value) ? 1 : 0)}, 1, validity);
      case INT -> new IntVector(type, new int[] {(int) number(value)}, 1, validity);
      case LONG -> new LongVector(type, new long[] {number(value)}, 1, validity);
      case INT128 -> int128(value, type, validity);
      case DOUBLE ->
          new DoubleVector(type, new double[] {value == null ? 0 : (Double) value}, 1, validity);
      case STRING -> {
        byte[] text = (value == null ? "" : (String) value).getBytes(StandardCharsets.UTF_8);
        yield new StringVector(type, text, new int[] {0}, new int[] {text.length}, 1, validity);
      }
    };
  }

  private static Vector int128(@Nullable Object value, DataType type, long[] validity) {
    BigInteger unscaled = value == null ? BigInteger.ZERO : ((BigDecimal) value).unscaledValue();
    long low = unscaled.longValue();
    return unscaled.bitLength() < 64
        ? new LongVector(type, new long[] {low}, 1, validity)
        : new Int128Vector(
            type, new long[] {unscaled.shiftRight(64).longValue()}, new long[] {low}, 1, validity);
  }

  private static long number(@Nullable Object value) {
    return switch (value) {
      case null -> 0L;
      case BigDecimal decimal -> decimal.unscaledValue().longValueExact();
      case Number number -> number.longValue();
      default -> throw new IllegalArgumentException(value + " is no number");
    };
  }
}
