package io.frazil.engine.kernel;

import java.math.BigInteger;
import java.util.Arrays;

/// 128-bit integers as two longs, and the limits of a decimal.
public final class Int128 {
  private static final int LONG_POWERS = 19;
  private static final long[] POWERS = new long[LONG_POWERS];
  private static final BigInteger LIMIT = BigInteger.TEN.pow(38);
  private static final long LIMIT_HIGH = LIMIT.shiftRight(64).longValue();
  private static final long LIMIT_LOW = LIMIT.longValue();
  private static final BigInteger[] BIG_POWERS = new BigInteger[77];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
    Arrays.setAll(BIG_POWERS, BigInteger.TEN::pow);
  }

  private Int128() {}

  /// 10^`exponent`, up to 10^18.
  public static long power(int exponent) {
    return POWERS[exponent];
  }

  /// Whether 10^`exponent` fits a long.
  public static boolean isLongPower(int exponent) {
    return exponent < LONG_POWERS;
  }

  /// 10^`exponent`, up to 10^76.
  public static BigInteger bigPower(int exponent) {
    return BIG_POWERS[exponent];
  }

  public static int compare(long aHigh, long aLow, long bHigh, long bLow) {
    return aHigh == bHigh ? Long.compareUnsigned(aLow, bLow) : Long.compare(aHigh, bHigh);
  }

  public static boolean fitsLong(long high, long low) {
    return high == low >> 63;
  }

  /// Whether all of these fit a long.
  public static boolean fitLongs(long[] high, long[] low, int[] positions, int count) {
    long wide = 0;
    for (int i = 0; i < count; i++) {
      int p = positions[i];
      wide |= high[p] ^ (low[p] >> 63);
    }
    return wide == 0;
  }

  /// Whether the value has at most 38 digits.
  public static boolean isDecimal(long high, long low) {
    if (high >= 0) {
      return compare(high, low, LIMIT_HIGH, LIMIT_LOW) < 0;
    }
    return compare(high, low, ~LIMIT_HIGH + (LIMIT_LOW == 0 ? 1 : 0), -LIMIT_LOW) > 0;
  }

  /// Whether the value has at most `precision` digits.
  public static boolean hasDigits(BigInteger value, int precision) {
    return value.bitLength() < 128 && value.abs().compareTo(BIG_POWERS[precision]) < 0;
  }

  public static long high(BigInteger value) {
    return value.shiftRight(64).longValue();
  }

  /// `a / b` rounded half away from zero; `b` is not 0.
  public static BigInteger divideRounded(BigInteger a, BigInteger b) {
    BigInteger[] parts = a.divideAndRemainder(b);
    boolean away = parts[1].abs().shiftLeft(1).compareTo(b.abs()) >= 0;
    return away ? parts[0].add(BigInteger.valueOf((long) a.signum() * b.signum())) : parts[0];
  }

  /// `a / b` rounded half away from zero; `b` is neither 0 nor the smallest long, nor `a`.
  public static long divideRounded(long a, long b) {
    long quotient = a / b;
    long rest = Math.abs(a - quotient * b);
    long divisor = Math.abs(b);
    return rest >= divisor - rest ? quotient + (((a ^ b) >> 63) | 1) : quotient;
  }
}
