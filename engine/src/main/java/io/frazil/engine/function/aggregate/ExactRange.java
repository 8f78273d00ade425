package io.frazil.engine.function.aggregate;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.Vector;

/// Whether exact results fit their type.
final class ExactRange {
  /// 10^38, the first number of 39 digits, in two halves.
  private static final long LIMIT_HIGH = 0x4b3b4ca85a86c47aL;

  private static final long LIMIT_LOW = 0x098a224000000000L;

  private ExactRange() {}

  /// The vector itself, whose values fit a BIGINT where that is its type, else 38 digits.
  ///
  /// @param what the function, for the message
  /// @throws FrazilException NUMERIC_OVERFLOW where one doesn't
  static Vector check(Vector exact, String what) {
    if (exact instanceof Int128Vector wide) {
      boolean isBigint = wide.type() == Types.BIGINT;
      for (int i = 0; i < wide.length(); i++) {
        long high = wide.high()[i];
        long low = wide.low()[i];
        if (isBigint ? high != (low >> 63) : !fits38Digits(high, low)) {
          throw overflow(what, wide.type());
        }
      }
    }
    return exact;
  }

  static FrazilException overflow(String what, DataType type) {
    return new FrazilException(
        ErrorCode.NUMERIC_OVERFLOW, "The result of " + what + " is too large for " + type.text());
  }

  private static boolean fits38Digits(long high, long low) {
    long sign = high >> 63;
    long magnitudeLow = (low ^ sign) - sign;
    long magnitudeHigh = (high ^ sign) + (sign != 0 && magnitudeLow == 0 ? 1 : 0);
    return magnitudeHigh != LIMIT_HIGH
        ? Long.compareUnsigned(magnitudeHigh, LIMIT_HIGH) < 0
        : Long.compareUnsigned(magnitudeLow, LIMIT_LOW) < 0;
  }
}
