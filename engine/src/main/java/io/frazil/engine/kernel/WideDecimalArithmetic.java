package io.frazil.engine.kernel;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.ArithmeticOperator;
import io.frazil.engine.vector.Int128Vector;
import java.math.BigDecimal;
import java.math.BigInteger;

/// Decimals beyond a long: live, valid rows one by one, in 128 bits where that is enough and in
/// unbounded integers for the rest. Batches come here only when [DecimalArithmetic] could not do
/// them.
public final class WideDecimalArithmetic {
  private WideDecimalArithmetic() {}

  /// @throws FrazilException DIVISION_BY_ZERO, or NUMERIC_OVERFLOW where a result has more digits
  ///   than its type
  public static void apply(
      DecimalArithmetic work, Int128Vector a, Int128Vector b, long[][] out, Positions rows) {
    boolean sameScale =
        work.left().scale() == work.result().scale()
            && work.right().scale() == work.result().scale();
    boolean plainProduct = work.left().scale() + work.right().scale() == work.result().scale();
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      if (rows.isNull(p)) {
        out[0][p] = 0;
        out[1][p] = 0;
      } else if (work.operator() == ArithmeticOperator.ADD && sameScale) {
        add(work, a, b, out, p);
      } else if (work.operator() == ArithmeticOperator.MULTIPLY
          && plainProduct
          && Int128.fitsLong(a.high()[p], a.low()[p])
          && Int128.fitsLong(b.high()[p], b.low()[p])) {
        multiply(work, a, b, out, p);
      } else {
        exact(work, a, b, out, p);
      }
    }
  }

  /// Both have at most 38 digits, so that their sum cannot leave 128 bits.
  private static void add(
      DecimalArithmetic work, Int128Vector a, Int128Vector b, long[][] out, int p) {
    long low = a.low()[p] + b.low()[p];
    int carry = Long.compareUnsigned(low, a.low()[p]) < 0 ? 1 : 0;
    store(work, a.high()[p] + b.high()[p] + carry, low, out, p);
  }

  /// Two longs: their product cannot leave 128 bits.
  private static void multiply(
      DecimalArithmetic work, Int128Vector a, Int128Vector b, long[][] out, int p) {
    long left = a.low()[p];
    long right = b.low()[p];
    store(work, Math.multiplyHigh(left, right), left * right, out, p);
  }

  private static void store(DecimalArithmetic work, long high, long low, long[][] out, int p) {
    if (!Int128.isDecimal(high, low)) {
      throw overflow(work, Int128Vector.big(high, low));
    }
    out[0][p] = high;
    out[1][p] = low;
  }

  private static void exact(
      DecimalArithmetic work, Int128Vector a, Int128Vector b, long[][] out, int p) {
    BigInteger left = a.unscaled(p);
    BigInteger right = b.unscaled(p);
    BigInteger value = exact(work, left, right);
    if (!Int128.hasDigits(value, work.result().precision())) {
      throw overflow(work, value);
    }
    out[0][p] = Int128.high(value);
    out[1][p] = value.longValue();
  }

  private static BigInteger exact(DecimalArithmetic work, BigInteger left, BigInteger right) {
    int scale = work.result().scale();
    int leftExtra = scale - work.left().scale();
    int rightExtra = scale - work.right().scale();
    return switch (work.operator()) {
      case ADD -> scaled(left, leftExtra).add(scaled(right, rightExtra));
      case SUBTRACT -> scaled(left, leftExtra).subtract(scaled(right, rightExtra));
      case MULTIPLY ->
          scaled(left.multiply(right), scale - work.left().scale() - work.right().scale());
      case DIVIDE -> {
        requireDivisor(work, left, right);
        yield Int128.divideRounded(
            scaled(left, scale + work.right().scale() - work.left().scale()), right);
      }
      case MODULO -> {
        requireDivisor(work, left, right);
        yield scaled(left, leftExtra).remainder(scaled(right, rightExtra));
      }
    };
  }

  private static BigInteger scaled(BigInteger value, int digits) {
    return digits >= 0
        ? value.multiply(Int128.bigPower(digits))
        : Int128.divideRounded(value, Int128.bigPower(-digits));
  }

  private static void requireDivisor(DecimalArithmetic work, BigInteger left, BigInteger right) {
    if (right.signum() == 0) {
      throw divisionByZero(work, new BigDecimal(left, work.left().scale()));
    }
  }

  static FrazilException divisionByZero(DecimalArithmetic work, long dividend) {
    return divisionByZero(work, BigDecimal.valueOf(dividend, work.left().scale()));
  }

  private static FrazilException divisionByZero(DecimalArithmetic work, BigDecimal dividend) {
    return IntegerArithmetic.divisionByZero(
        work.operator(),
        dividend.toPlainString(),
        BigDecimal.valueOf(0, work.right().scale()).toPlainString());
  }

  private static FrazilException overflow(DecimalArithmetic work, BigInteger value) {
    return new FrazilException(
        ErrorCode.NUMERIC_OVERFLOW,
        "%s is out of range for %s"
            .formatted(
                new BigDecimal(value, work.result().scale()).toPlainString(),
                work.result().text()));
  }
}
