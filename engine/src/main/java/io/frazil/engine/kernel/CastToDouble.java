package io.frazil.engine.kernel;

import io.frazil.engine.expression.Expression.OnError;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
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
import java.util.Locale;

/// To floating point: the nearest, and infinity beyond the greatest.
final class CastToDouble extends Cast {
  /// Longs below it, and powers of ten up to [#EXACT_SCALE], are exact doubles, so that their
  /// quotient is rounded once.
  private static final long EXACT = 1L << 53;

  private static final int EXACT_SCALE = 18;

  CastToDouble(DataType from, DataType to, OnError onError) {
    super(from, to, onError);
  }

  @Override
  Vector convert(Vector flat, Positions rows) {
    int length = flat.length();
    double[] out = scratch.doubles(length);
    switch (flat) {
      case DoubleVector v when to == Types.DOUBLE || from == Types.REAL -> {
        return v.withType(to);
      }
      case DoubleVector v -> System.arraycopy(v.values(), 0, out, 0, length);
      case IntVector v -> ints(v.values(), out, length);
      case LongVector v when from instanceof DataType.Decimal(int _, int scale) ->
          decimals(v.values(), scale, out, rows);
      case LongVector v -> longs(v.values(), out, rows);
      case BooleanVector v -> booleans(v.values(), out, length);
      case Int128Vector v -> wideDecimals(v, ((DataType.Decimal) from).scale(), out, rows);
      case StringVector v -> texts(v, out, rows);
      case DictionaryVector _ -> throw new AssertionError("operands are flat");
    }
    if (to == Types.REAL && !(flat instanceof LongVector) && !(flat instanceof Int128Vector)) {
      DoubleArithmetic.round(out, length);
    }
    return new DoubleVector(to, out, length, validity());
  }

  private static void ints(int[] values, double[] out, int length) {
    for (int i = 0; i < length; i++) {
      out[i] = values[i];
    }
  }

  private static void booleans(byte[] values, double[] out, int length) {
    for (int i = 0; i < length; i++) {
      out[i] = values[i];
    }
  }

  private void longs(long[] values, double[] out, Positions rows) {
    boolean isReal = to == Types.REAL;
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      out[p] = isReal ? (float) values[p] : (double) values[p];
    }
  }

  private void decimals(long[] values, int scale, double[] out, Positions rows) {
    boolean isDivisible = scale <= EXACT_SCALE && to == Types.DOUBLE;
    double unit = isDivisible ? Int128.power(scale) : 1;
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      long value = values[p];
      out[p] =
          isDivisible && -EXACT <= value && value <= EXACT
              ? value / unit
              : nearest(BigInteger.valueOf(value), scale);
    }
  }

  private void wideDecimals(Int128Vector v, int scale, double[] out, Positions rows) {
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      out[p] = nearest(v.unscaled(p), scale);
    }
  }

  private double nearest(BigInteger unscaled, int scale) {
    var value = new BigDecimal(unscaled, scale);
    return to == Types.REAL ? value.floatValue() : value.doubleValue();
  }

  private void texts(StringVector v, double[] out, Positions rows) {
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      out[p] = 0;
      if (rows.isNull(p)) {
        continue;
      }
      String text = v.text(p);
      try {
        out[p] = parse(text.strip());
      } catch (NumberFormatException e) {
        failToParse(p, v.length(), text);
      }
    }
  }

  private double parse(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan" -> Double.NaN;
      case "infinity", "inf", "+infinity", "+inf" -> Double.POSITIVE_INFINITY;
      case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        // Java's own reader also takes suffixes (1d) and hexadecimal digits, which SQL has not.
        if (text.chars().anyMatch(c -> Character.isLetter(c) && c != 'e' && c != 'E')) {
          throw new NumberFormatException(text);
        }
        yield to == Types.REAL ? Float.parseFloat(text) : Double.parseDouble(text);
      }
    };
  }
}
