package io.frazil.engine.vector;

import io.frazil.engine.type.DataType;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/// Decimals (unscaled) in 128 bits, two's complement: `high` is signed, `low` is not.
public final class Int128Vector extends Vector {
  private final long[] high;
  private final long[] low;

  public Int128Vector(
      DataType type, long[] high, long[] low, int length, long @Nullable [] validity) {
    super(type, length, validity);
    assert high.length >= length && low.length >= length : "values are too short";
    this.high = high;
    this.low = low;
  }

  public long[] high() {
    return high;
  }

  public long[] low() {
    return low;
  }

  /// The unscaled value at a row.
  public BigInteger unscaled(int row) {
    return big(high[row], low[row]);
  }

  /// The value of two halves.
  public static BigInteger big(long high, long low) {
    BigInteger value = BigInteger.valueOf(low);
    if (high == low >> 63) {
      return value;
    }
    // The lower half counts as signed here, so that the upper one takes what that lacks.
    BigInteger carry = BigInteger.valueOf(low >>> 63);
    return BigInteger.valueOf(high).add(carry).shiftLeft(Long.SIZE).add(value);
  }

  @Override
  public Int128Vector withValidity(long @Nullable [] validity) {
    return new Int128Vector(type(), high, low, length(), validity);
  }

  @Override
  public Int128Vector withType(DataType type) {
    return new Int128Vector(type, high, low, length(), validity());
  }
}
