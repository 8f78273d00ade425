package io.frazil.engine.text;

/// The shortest text of a floating-point number that reads back as the same.
///
/// Numbers that are decimals of few digits, as most are, go through integer arithmetic: no two
/// decimals of at most 15 digits are the same double, so one that gives the number is the shortest.
/// The others take the digits from Java's own conversion.
final class FloatingText {
  private static final long MAX_EXACT = 999_999_999_999_999L;
  private static final int MAX_EXACT_FLOAT = 999_999;
  private static final int FAST_SCALE = 4;
  private static final double FAST_POWER = 10_000;

  /// Numbers of this size and more are written with an exponent.
  private static final int MAX_PLAIN_EXPONENT = 16;

  private static final int MIN_PLAIN_EXPONENT = -3;

  private FloatingText() {}

  static TextBuffer append(double value, TextBuffer out) {
    double scaled = Math.rint(value * FAST_POWER);
    if (Math.abs(scaled) <= MAX_EXACT
        && scaled / FAST_POWER == value
        && (Math.abs(value) >= 0.001 || isPositiveZero(value))) {
      return appendScaled((long) scaled, out);
    }
    return appendDigits(Double.toString(value), out);
  }

  static TextBuffer append(float value, TextBuffer out) {
    int whole = (int) value;
    if (whole == value
        && Math.abs(whole) <= MAX_EXACT_FLOAT
        && (whole != 0 || isPositiveZero(value))) {
      return out.appendDecimal(whole * 10L, 1);
    }
    return appendDigits(Float.toString(value), out);
  }

  private static boolean isPositiveZero(double value) {
    return Double.doubleToRawLongBits(value) == 0;
  }

  // One digit behind the point stays, even if it is zero.
  private static TextBuffer appendScaled(long unscaled, TextBuffer out) {
    long rest = unscaled;
    int scale = FAST_SCALE;
    while (scale > 1 && rest % 10 == 0) {
      rest /= 10;
      scale--;
    }
    return out.appendDecimal(rest, scale);
  }

  // Java's form is [-]d.d+[E[-]d+], or plain where the exponent is -3 to 6.
  private static TextBuffer appendDigits(String java, TextBuffer out) {
    int exponentAt = java.indexOf('E');
    if (exponentAt < 0) {
      return out.append(java);
    }
    int exponent = Integer.parseInt(java, exponentAt + 1, java.length(), 10);
    int sign = java.charAt(0) == '-' ? 1 : 0;
    String fraction = java.substring(sign + 2, exponentAt);
    String digits = java.charAt(sign) + (fraction.equals("0") ? "" : fraction);
    if (sign > 0) {
      out.append('-');
    }
    if (exponent >= MIN_PLAIN_EXPONENT && exponent < MAX_PLAIN_EXPONENT) {
      return appendPlain(digits, exponent, out);
    }
    out.append(digits.charAt(0));
    if (digits.length() > 1) {
      out.append('.').append(digits.substring(1));
    }
    return out.append('e').appendLong(exponent);
  }

  private static TextBuffer appendPlain(String digits, int exponent, TextBuffer out) {
    int whole = exponent + 1;
    if (digits.length() <= whole) {
      return out.append(digits).append("0".repeat(whole - digits.length())).append(".0");
    }
    return out.append(digits.substring(0, whole)).append('.').append(digits.substring(whole));
  }
}
