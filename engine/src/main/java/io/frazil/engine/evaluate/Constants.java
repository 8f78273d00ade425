package io.frazil.engine.evaluate;

import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.kernel.Int128;
import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.BooleanVector;
import io.frazil.engine.vector.DictionaryVector;
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

/// Literals as vectors of one value, and back.
public final class Constants {
  private static final byte[] NO_BYTES = {};
  private static final int[] ZERO = {0};

  private Constants() {}

  /// A flat vector of this one value.
  public static Vector vector(Literal literal) {
    DataType type = literal.type();
    Object value = literal.value();
    long @Nullable [] validity = value == null ? new long[1] : null;
    return switch (type.physical()) {
      case BOOLEAN ->
          new BooleanVector(
              type, new byte[] {(byte) (Boolean.TRUE.equals(value) ? 1 : 0)}, 1, validity);
      case INT -> new IntVector(type, new int[] {Math.toIntExact(whole(value))}, 1, validity);
      case LONG, INT128 -> whole(type, value, validity);
      case DOUBLE ->
          new DoubleVector(type, new double[] {value == null ? 0 : (Double) value}, 1, validity);
      case STRING -> {
        byte[] bytes = value == null ? NO_BYTES : ((String) value).getBytes(StandardCharsets.UTF_8);
        yield new StringVector(type, bytes, ZERO, new int[] {bytes.length}, 1, validity);
      }
    };
  }

  private static Vector whole(DataType type, @Nullable Object value, long @Nullable [] validity) {
    if (!(value instanceof BigDecimal decimal)) {
      return new LongVector(type, new long[] {whole(value)}, 1, validity);
    }
    BigInteger unscaled = decimal.unscaledValue();
    long[] low = {unscaled.longValue()};
    return unscaled.bitLength() < 64
        ? new LongVector(type, low, 1, validity)
        : new Int128Vector(type, new long[] {Int128.high(unscaled)}, low, 1, validity);
  }

  private static long whole(@Nullable Object value) {
    return value == null ? 0 : (Long) value;
  }

  /// The value of one row.
  public static Literal literal(Vector vector, int row) {
    DataType type = vector.type();
    if (vector.isNull(row)) {
      return new Literal(null, type);
    }
    return switch (vector) {
      case BooleanVector v -> new Literal(v.values()[row] != 0, type);
      case IntVector v -> new Literal((long) v.values()[row], type);
      case LongVector v ->
          type instanceof DataType.Decimal(int _, int scale)
              ? new Literal(BigDecimal.valueOf(v.values()[row], scale), type)
              : new Literal(v.values()[row], type);
      case Int128Vector v ->
          new Literal(new BigDecimal(v.unscaled(row), ((DataType.Decimal) type).scale()), type);
      case DoubleVector v -> new Literal(v.values()[row], type);
      case StringVector v -> new Literal(v.text(row), type);
      case DictionaryVector v -> literal(v.dictionary(), v.ids()[row]);
    };
  }
}
