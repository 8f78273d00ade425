package io.frazil.engine.kernel;

import io.frazil.engine.expression.ArithmeticOperator;
import io.frazil.engine.type.DataType.Decimal;

/// Decimals while they fit a long. Each loop is exact or says that it isn't, and then
/// [WideDecimalArithmetic] does the batch again.
///
/// @param left the type of the left operand
/// @param right the type of the right operand
/// @param result what `DecimalTypes` makes of them
public record DecimalArithmetic(
    ArithmeticOperator operator, Decimal left, Decimal right, Decimal result) {
  /// A sum of two values of this many bits fits a long.
  private static final int SUM_BITS = 62;

  /// Computes every slot.
  ///
  /// @return whether all results are exact; never for a quotient, which needs a look at each row
  public boolean dense(long[] a, long[] b, long[] out, int length) {
    return switch (operator) {
      case ADD, SUBTRACT -> sum(a, b, out, length);
      case MULTIPLY -> product(a, b, out, length);
      case DIVIDE, MODULO -> false;
    };
  }

  private boolean sum(long[] a, long[] b, long[] out, int length) {
    int aExtra = result.scale() - left.scale();
    int bExtra = result.scale() - right.scale();
    if (aExtra == 0 && bExtra == 0) {
      return operator == ArithmeticOperator.ADD
          ? LongArithmetic.add(a, b, out, length)
          : LongArithmetic.subtract(a, b, out, length);
    }
    if (!scalesWithin(a, aExtra, length) || !scalesWithin(b, bExtra, length)) {
      return false;
    }
    long aFactor = Int128.power(aExtra);
    long bFactor = Int128.power(bExtra);
    if (operator == ArithmeticOperator.ADD) {
      addScaled(a, aFactor, b, bFactor, out, length);
    } else {
      addScaled(a, aFactor, b, -bFactor, out, length);
    }
    return true;
  }

  private static boolean scalesWithin(long[] values, int digits, int length) {
    return Int128.isLongPower(digits)
        && LongArithmetic.bits(values, length) + LongArithmetic.bits(Int128.power(digits))
            <= SUM_BITS;
  }

  private static void addScaled(
      long[] a, long aFactor, long[] b, long bFactor, long[] out, int length) {
    for (int i = 0; i < length; i++) {
      out[i] = a[i] * aFactor + b[i] * bFactor;
    }
  }

  private boolean product(long[] a, long[] b, long[] out, int length) {
    if (left.scale() + right.scale() != result.scale()
        || !LongArithmetic.productsFit(a, b, length)) {
      return false;
    }
    LongArithmetic.multiply(a, b, out, length);
    return true;
  }

  /// Computes live, valid rows one by one.
  ///
  /// @return whether all results are exact
  public boolean checked(long[] a, long[] b, long[] out, Positions rows) {
    return switch (operator) {
      case ADD, SUBTRACT -> checkedSum(a, b, out, rows);
      case MULTIPLY -> checkedProduct(a, b, out, rows);
      case DIVIDE -> quotient(a, b, out, rows);
      case MODULO -> remainder(a, b, out, rows);
    };
  }

  private boolean checkedSum(long[] a, long[] b, long[] out, Positions rows) {
    int aExtra = result.scale() - left.scale();
    int bExtra = result.scale() - right.scale();
    if (!Int128.isLongPower(aExtra) || !Int128.isLongPower(bExtra)) {
      return false;
    }
    long aFactor = Int128.power(aExtra);
    long bFactor = Int128.power(bExtra) * (operator == ArithmeticOperator.ADD ? 1 : -1);
    int aBits = SUM_BITS - LongArithmetic.bits(aFactor);
    int bBits = SUM_BITS - LongArithmetic.bits(bFactor);
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      if (LongArithmetic.bits(a[p]) > aBits || LongArithmetic.bits(b[p]) > bBits) {
        return false;
      }
      out[p] = rows.isNull(p) ? 0 : a[p] * aFactor + b[p] * bFactor;
    }
    return true;
  }

  private boolean checkedProduct(long[] a, long[] b, long[] out, Positions rows) {
    if (left.scale() + right.scale() != result.scale()) {
      return false;
    }
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      long value = a[p] * b[p];
      if (Math.multiplyHigh(a[p], b[p]) != value >> 63) {
        return false;
      }
      out[p] = rows.isNull(p) ? 0 : value;
    }
    return true;
  }

  private boolean quotient(long[] a, long[] b, long[] out, Positions rows) {
    int extra = result.scale() + right.scale() - left.scale();
    if (!Int128.isLongPower(extra)) {
      return false;
    }
    long factor = Int128.power(extra);
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      if (rows.isNull(p)) {
        out[p] = 0;
        continue;
      }
      if (b[p] == 0) {
        throw WideDecimalArithmetic.divisionByZero(this, a[p]);
      }
      long scaled = a[p] * factor;
      boolean edge = scaled == Long.MIN_VALUE || b[p] == Long.MIN_VALUE;
      if (edge || Math.multiplyHigh(a[p], factor) != scaled >> 63) {
        return false;
      }
      out[p] = Int128.divideRounded(scaled, b[p]);
    }
    return true;
  }

  private boolean remainder(long[] a, long[] b, long[] out, Positions rows) {
    int aExtra = result.scale() - left.scale();
    int bExtra = result.scale() - right.scale();
    if (!Int128.isLongPower(aExtra) || !Int128.isLongPower(bExtra)) {
      return false;
    }
    long aFactor = Int128.power(aExtra);
    long bFactor = Int128.power(bExtra);
    for (int i = 0; i < rows.count(); i++) {
      int p = rows.at(i);
      if (rows.isNull(p)) {
        out[p] = 0;
        continue;
      }
      if (b[p] == 0) {
        throw WideDecimalArithmetic.divisionByZero(this, a[p]);
      }
      long dividend = a[p] * aFactor;
      long divisor = b[p] * bFactor;
      if (Math.multiplyHigh(a[p], aFactor) != dividend >> 63
          || Math.multiplyHigh(b[p], bFactor) != divisor >> 63) {
        return false;
      }
      out[p] = dividend % divisor;
    }
    return true;
  }
}
