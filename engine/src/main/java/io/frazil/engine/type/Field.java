package io.frazil.engine.type;

/// A named, typed column of a [Schema].
public record Field(String name, DataType type, boolean nullable) {
  @Override
  public String toString() {
    return name + " " + type.text() + (nullable ? "" : " not null");
  }
}
