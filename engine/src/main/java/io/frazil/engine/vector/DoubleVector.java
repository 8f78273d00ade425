package io.frazil.engine.vector;

import io.frazil.engine.type.DataType;
import org.jspecify.annotations.Nullable;

/// DOUBLE, and REAL as doubles that hold a float exactly.
public final class DoubleVector extends Vector {
  private final double[] values;

  public DoubleVector(DataType type, double[] values, int length, long @Nullable [] validity) {
    super(type, length, validity);
    assert values.length >= length : "values are too short";
    this.values = values;
  }

  public double[] values() {
    return values;
  }

  @Override
  public DoubleVector withValidity(long @Nullable [] validity) {
    return new DoubleVector(type(), values, length(), validity);
  }

  @Override
  public DoubleVector withType(DataType type) {
    return new DoubleVector(type, values, length(), validity());
  }
}
