package io.frazil.engine.vector;

import io.frazil.engine.type.DataType;
import org.jspecify.annotations.Nullable;

/// BIGINT, TIMESTAMP, and decimals (unscaled) whose values in this batch fit a long.
public final class LongVector extends Vector {
  private final long[] values;

  public LongVector(DataType type, long[] values, int length, long @Nullable [] validity) {
    super(type, length, validity);
    assert values.length >= length : "values are too short";
    this.values = values;
  }

  public long[] values() {
    return values;
  }

  @Override
  public LongVector withValidity(long @Nullable [] validity) {
    return new LongVector(type(), values, length(), validity);
  }

  @Override
  public LongVector withType(DataType type) {
    return new LongVector(type, values, length(), validity());
  }
}
