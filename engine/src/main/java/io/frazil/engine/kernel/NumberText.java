package io.frazil.engine.kernel;

import java.math.BigDecimal;

/// The text of floating-point numbers: the shortest that reads back as the same, written out
/// plainly from 1e-4 to below 1e15 and with an exponent otherwise, as PostgreSQL does.
public final class NumberText {
  private static final int PLAIN_FROM = -4;
  private static final int PLAIN_BELOW = 15;

  private NumberText() {}

  public static String of(double value) {
    return of(value, Double.toString(value));
  }

  /// Of a REAL.
  public static String of(float value) {
    return of(value, Float.toString(value));
  }

  private static String of(double value, String shortest) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return shortest;
    }
    String sign = shortest.startsWith("-") ? "-" : "";
    if (value == 0) {
      return sign + "0";
    }
    BigDecimal digits = new BigDecimal(shortest).abs().stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    if (exponent >= PLAIN_FROM && exponent < PLAIN_BELOW) {
      return sign + digits.toPlainString();
    }
    String unscaled = digits.unscaledValue().toString();
    String fraction = unscaled.length() > 1 ? "." + unscaled.substring(1) : "";
    return "%s%s%se%s%02d"
        .formatted(
            sign, unscaled.charAt(0), fraction, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }
}
