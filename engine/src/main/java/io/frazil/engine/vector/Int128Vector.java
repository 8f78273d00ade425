package io.frazil.engine.vector;

import io.frazil.engine.type.DataType;
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

  @Override
  public Int128Vector withValidity(long @Nullable [] validity) {
    return new Int128Vector(type(), high, low, length(), validity);
  }

  @Override
  public Int128Vector withType(DataType type) {
    return new Int128Vector(type, high, low, length(), validity());
  }
}
