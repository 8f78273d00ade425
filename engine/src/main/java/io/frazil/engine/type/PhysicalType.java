package io.frazil.engine.type;

/// How the values of a type lie in memory: what kernels are written for.
public enum PhysicalType {
  /// One byte a value, 0 or 1.
  BOOLEAN,
  /// `int`: TINYINT, SMALLINT, INTEGER, DATE.
  INT,
  /// `long`: BIGINT, TIMESTAMP, and decimals while they fit.
  LONG,
  /// Two longs, high and low: decimals beyond a long.
  INT128,
  /// `double`: DOUBLE, and REAL as the double of the same value.
  DOUBLE,
  /// A view of UTF-8 bytes.
  STRING
}
