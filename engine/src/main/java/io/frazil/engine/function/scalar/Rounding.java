package io.frazil.engine.function.scalar;

import io.frazil.engine.kernel.Int128;
import java.math.BigInteger;

/// What becomes of a number whose last digits go, and two functions of its sign.
enum Rounding {
  ABS,
  SIGNUM,
  CEIL,
  FLOOR,
  TRUNC,
  /// Half away from zero.
  ROUND;

  /// @param digits how many digits behind the point stay
  double apply(double value, long digits) {
    if (digits == 0 || this == ABS || this == SIGNUM || !Double.isFinite(value)) {
      return whole(value);
    }
    // Powers of ten below one are no doubles, those above are, as far as a double is exact.
    double unit = Math.pow(10, Math.abs((double) digits));
    double rounded = digits > 0 ? whole(value * unit) / unit : whole(value / unit) * unit;
    // Beyond what a double can scale there is nothing to round, or nothing left.
    return Double.isFinite(rounded) ? rounded : digits > 0 ? value : 0;
  }

  private double whole(double value) {
    return switch (this) {
      case ABS -> Math.abs(value);
      case SIGNUM -> Math.signum(value);
      case CEIL -> Math.ceil(value);
      case FLOOR -> Math.floor(value);
      case TRUNC -> value < 0 ? Math.ceil(value) : Math.floor(value);
      case ROUND -> roundHalfAway(value);
    };
  }

  private static double roundHalfAway(double value) {
    double magnitude = Math.floor(Math.abs(value));
    return Math.copySign(Math.abs(value) - magnitude >= 0.5 ? magnitude + 1 : magnitude, value);
  }

  /// How many units there are in the value.
  ///
  /// @param value of fewer than 63 bits
  long units(long value, long unit) {
    return switch (this) {
      case ABS -> Math.abs(value);
      case SIGNUM -> Long.signum(value);
      case CEIL -> Math.ceilDiv(value, unit);
      case FLOOR -> Math.floorDiv(value, unit);
      case TRUNC -> value / unit;
      case ROUND -> Int128.divideRounded(value, unit);
    };
  }

  BigInteger units(BigInteger value, BigInteger unit) {
    BigInteger[] parts = value.divideAndRemainder(unit);
    return switch (this) {
      case ABS -> value.abs();
      case SIGNUM -> BigInteger.valueOf(value.signum());
      case CEIL -> parts[1].signum() > 0 ? parts[0].add(BigInteger.ONE) : parts[0];
      case FLOOR -> parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
      case TRUNC -> parts[0];
      case ROUND -> Int128.divideRounded(value, unit);
    };
  }
}
