package io.frazil.engine.function.aggregate;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.DataType.Decimal;
import io.frazil.engine.type.DecimalTypes;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Vector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// Exact sums by counts. Groups without rows come out as zero, for the validity to hide.
final class Quotients {
  /// Integers up to here are doubles too.
  private static final long MAX_EXACT_DOUBLE = 1L << 53;

  private Quotients() {}

  /// The nearest double of each quotient.
  static Vector doubles(
      ExactSums sums, GroupCounts counts, int from, int count, long @Nullable [] validity) {
    double[] out = new double[count];
    for (int i = 0; i < count; i++) {
      long rows = counts.get(from + i);
      long low = sums.low(from + i);
      boolean isExact =
          sums.fitsLong(from + i) && low <= MAX_EXACT_DOUBLE && low >= -MAX_EXACT_DOUBLE;
      if (rows != 0) {
        out[i] =
            isExact
                ? (double) low / rows
                : new BigDecimal(sums.get(from + i))
                    .divide(BigDecimal.valueOf(rows), MathContext.DECIMAL128)
                    .doubleValue();
      }
    }
    return new DoubleVector(Types.DOUBLE, out, count, validity);
  }

  /// Each quotient as [DecimalTypes#average] of `type`, rounded half away from zero.
  static Vector decimals(
      ExactSums sums,
      GroupCounts counts,
      int from,
      int count,
      Decimal type,
      long @Nullable [] validity) {
    Decimal result = DecimalTypes.average(type);
    BigInteger factor = BigInteger.TEN.pow(result.scale() - type.scale());
    long most = factor.bitLength() < Long.SIZE ? Long.MAX_VALUE / factor.longValue() : 0;
    long[] high = new long[count];
    long[] low = new long[count];
    long narrow = 0;
    for (int i = 0; i < count; i++) {
      long rows = counts.get(from + i);
      long sum = sums.low(from + i);
      if (rows == 0) {
        continue;
      }
      if (sums.fitsLong(from + i) && sum <= most && sum >= -most) {
        low[i] = divide(sum * factor.longValue(), rows);
        high[i] = low[i] >> 63;
      } else {
        BigInteger quotient = divide(sums.get(from + i).multiply(factor), rows, result);
        low[i] = quotient.longValue();
        high[i] = quotient.shiftRight(Long.SIZE).longValueExact();
      }
      narrow |= high[i] ^ (low[i] >> 63);
    }
    return narrow == 0
        ? new LongVector(result, low, count, validity)
        : new Int128Vector(result, high, low, count, validity);
  }

  private static long divide(long sum, long count) {
    long quotient = sum / count;
    long rest = Math.abs(sum % count);
    return rest >= count - rest ? quotient + (sum < 0 ? -1 : 1) : quotient;
  }

  private static BigInteger divide(BigInteger sum, long count, DataType result) {
    BigInteger quotient =
        new BigDecimal(sum)
            .divide(BigDecimal.valueOf(count), 0, RoundingMode.HALF_UP)
            .toBigInteger();
    if (quotient.abs().compareTo(BigInteger.TEN.pow(Decimal.MAX_PRECISION)) >= 0) {
      throw ExactRange.overflow("avg", result);
    }
    return quotient;
  }
}
