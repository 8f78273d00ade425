package io.frazil.engine.exec;

import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.Bitmap;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Literals, one a row, as a vector.
final class LiteralVector {
  private LiteralVector() {}

  static Vector of(DataType type, List<Literal> values) {
    long[] validity = validity(values);
    return switch (type.physical()) {
      case BOOLEAN -> booleans(type, values, validity);
      case INT -> ints(type, values, validity);
      case LONG -> longs(type, values, validity);
      case INT128 -> wide(type, values, validity);
      case DOUBLE -> doubles(type, values, validity);
      case STRING -> strings(type, values, validity);
    };
  }

  private static long @Nullable [] validity(List<Literal> values) {
    if (values.stream().noneMatch(Literal::nullable)) {
      return null;
    }
    long[] validity = new long[Bitmap.words(values.size())];
    for (int i = 0; i < values.size(); i++) {
      if (!values.get(i).nullable()) {
        Bitmap.set(validity, i);
      }
    }
    return validity;
  }

  private static Vector booleans(DataType type, List<Literal> values, long @Nullable [] validity) {
    byte[] out = new byte[values.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = (byte) (Boolean.TRUE.equals(values.get(i).value()) ? 1 : 0);
    }
    return new BooleanVector(type, out, out.length, validity);
  }

  private static Vector ints(DataType type, List<Literal> values, long @Nullable [] validity) {
    int[] out = new int[values.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = Math.toIntExact(unscaled(values.get(i)).longValueExact());
    }
    return new IntVector(type, out, out.length, validity);
  }

  private static Vector longs(DataType type, List<Literal> values, long @Nullable [] validity) {
    long[] out = new long[values.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = unscaled(values.get(i)).longValueExact();
    }
    return new LongVector(type, out, out.length, validity);
  }

  private static Vector wide(DataType type, List<Literal> values, long @Nullable [] validity) {
    long[] high = new long[values.size()];
    long[] low = new long[values.size()];
    for (int i = 0; i < high.length; i++) {
      BigInteger value = unscaled(values.get(i));
      high[i] = value.shiftRight(Long.SIZE).longValueExact();
      low[i] = value.longValue();
    }
    return new Int128Vector(type, high, low, high.length, validity);
  }

  private static Vector doubles(DataType type, List<Literal> values, long @Nullable [] validity) {
    double[] out = new double[values.size()];
    for (int i = 0; i < out.length; i++) {
      out[i] = values.get(i).value() instanceof Number n ? n.doubleValue() : 0;
    }
    return new DoubleVector(type, out, out.length, validity);
  }

  private static Vector strings(DataType type, List<Literal> values, long @Nullable [] validity) {
    var text = new StringBuilder();
    int[] starts = new int[values.size()];
    int[] lengths = new int[values.size()];
    int end = 0;
    for (int i = 0; i < starts.length; i++) {
      String value = values.get(i).value() instanceof String s ? s : "";
      text.append(value);
      starts[i] = end;
      lengths[i] = value.getBytes(StandardCharsets.UTF_8).length;
      end += lengths[i];
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    return new StringVector(type, bytes, starts, lengths, starts.length, validity);
  }

  private static BigInteger unscaled(Literal literal) {
    return switch (literal.value()) {
      case BigDecimal decimal -> decimal.unscaledValue();
      case Long number -> BigInteger.valueOf(number);
      case null, default -> BigInteger.ZERO;
    };
  }
}
