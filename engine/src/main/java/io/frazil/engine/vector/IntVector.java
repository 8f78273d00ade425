package io.frazil.engine.vector;

import io.frazil.engine.type.DataType;
import org.jspecify.annotations.Nullable;

/// TINYINT, SMALLINT, INTEGER and DATE.
public final class IntVector extends Vector {
  private final int[] values;

  public IntVector(DataType type, int[] values, int length, long @Nullable [] validity) {
    super(type, length, validity);
    assert values.length >= length : "values are too short";
    this.values = values;
  }

  public int[] values() {
    return values;
  }

  @Override
  public IntVector withValidity(long @Nullable [] validity) {
    return new IntVector(type(), values, length(), validity);
  }

  @Override
  public IntVector withType(DataType type) {
    return new IntVector(type, values, length(), validity());
  }
}
