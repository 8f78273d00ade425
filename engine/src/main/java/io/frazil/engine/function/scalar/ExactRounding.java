package io.frazil.engine.function.scalar;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.kernel.Decimals;
import io.frazil.engine.kernel.Int128;
import io.frazil.engine.kernel.Integers;
import io.frazil.engine.kernel.LongArithmetic;
import io.frazil.engine.kernel.Positions;
import io.frazil.engine.kernel.Scratch;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.DataType.Decimal;
import io.frazil.engine.type.PhysicalType;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.IntVector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Vector;
import java.math.BigDecimal;
import java.math.BigInteger;

/// Rounds integers and decimals: in a long where the number is small, as it nearly always is. One
/// thread's.
final class ExactRounding {
  /// 62 bits and one more unit of 57 bits still are a long.
  private static final int SMALL_DIGITS = 17;

  private static final int SMALL_BITS = 62;

  /// Beyond these nothing is left of any number.
  private static final int MAX_DROPPED = 76;

  private final Rounding rounding;
  private final DataType result;
  private final boolean hasDigits;
  private final int scale;
  private final BigInteger min;
  private final BigInteger max;
  private final long smallMin;
  private final long smallMax;
  private final Scratch scratch = new Scratch();
  private final Decimals width = new Decimals();

  ExactRounding(Rounding rounding, DataType type, DataType result, boolean hasDigits) {
    this.rounding = rounding;
    this.result = result;
    this.hasDigits = hasDigits;
    this.scale = type instanceof Decimal(int _, int s) ? s : 0;
    boolean isDecimal = result instanceof Decimal;
    this.max =
        result instanceof Decimal(int precision, int _)
            ? Int128.bigPower(precision).subtract(BigInteger.ONE)
            : BigInteger.valueOf(Integers.max(result));
    this.min = isDecimal ? max.negate() : max.negate().subtract(BigInteger.ONE);
    this.smallMax = max.bitLength() < Long.SIZE ? max.longValue() : Long.MAX_VALUE;
    this.smallMin = min.bitLength() < Long.SIZE ? min.longValue() : Long.MIN_VALUE;
  }

  Vector apply(Arguments arguments, Positions live, int length) {
    long[] low = scratch.longs(length);
    long[] high = scratch.moreLongs(length);
    for (int i = 0; i < live.count(); i++) {
      int p = live.at(i);
      low[p] = 0;
      high[p] = 0;
      if (!live.isNull(p)) {
        row(arguments, p, high, low);
      }
    }
    return vector(high, low, live, length);
  }

  private void row(Arguments arguments, int p, long[] high, long[] low) {
    long kept = hasDigits ? Math.clamp(arguments.whole(1, p), scale - MAX_DROPPED, scale) : 0;
    int dropped = (int) (scale - kept);
    if (arguments.vector(0) instanceof Int128Vector wide) {
      store(big(wide.unscaled(p), dropped), p, high, low);
      return;
    }
    long value = arguments.whole(0, p);
    if (dropped <= SMALL_DIGITS && LongArithmetic.bits(value) < SMALL_BITS) {
      long unit = Int128.power(dropped);
      long rounded = rounding.units(value, unit);
      low[p] = hasDigits ? rounded * unit : rounded;
      high[p] = low[p] >> 63;
      if (low[p] < smallMin || low[p] > smallMax) {
        throw outOfRange(BigInteger.valueOf(low[p]));
      }
    } else {
      store(big(BigInteger.valueOf(value), dropped), p, high, low);
    }
  }

  private BigInteger big(BigInteger value, int dropped) {
    BigInteger unit = Int128.bigPower(dropped);
    BigInteger rounded = rounding.units(value, unit);
    return hasDigits ? rounded.multiply(unit) : rounded;
  }

  private void store(BigInteger value, int p, long[] high, long[] low) {
    if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
      throw outOfRange(value);
    }
    high[p] = Int128.high(value);
    low[p] = value.longValue();
  }

  private FrazilException outOfRange(BigInteger value) {
    return new FrazilException(
        ErrorCode.NUMERIC_OVERFLOW,
        "%s is out of range for %s"
            .formatted(
                new BigDecimal(value, result instanceof Decimal(int _, int s) ? s : 0)
                    .toPlainString(),
                result.text()));
  }

  private Vector vector(long[] high, long[] low, Positions live, int length) {
    if (result.physical() == PhysicalType.INT) {
      int[] out = scratch.ints(length);
      for (int i = 0; i < live.count(); i++) {
        out[live.at(i)] = (int) low[live.at(i)];
      }
      return new IntVector(result, out, length, live.validity());
    }
    return result instanceof Decimal
        ? width.narrow(
            new Int128Vector(result, high, low, length, live.validity()),
            live.array(),
            live.count())
        : new LongVector(result, low, length, live.validity());
  }
}
