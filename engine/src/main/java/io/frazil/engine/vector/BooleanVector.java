package io.frazil.engine.vector;

import io.frazil.engine.type.DataType;
import org.jspecify.annotations.Nullable;

/// Booleans, one byte each: 0 or 1.
public final class BooleanVector extends Vector {
  private final byte[] values;

  public BooleanVector(DataType type, byte[] values, int length, long @Nullable [] validity) {
    super(type, length, validity);
    assert values.length >= length : "values are too short";
    this.values = values;
  }

  public byte[] values() {
    return values;
  }

  @Override
  public BooleanVector withValidity(long @Nullable [] validity) {
    return new BooleanVector(type(), values, length(), validity);
  }

  @Override
  public BooleanVector withType(DataType type) {
    return new BooleanVector(type, values, length(), validity());
  }
}
