package io.frazil.engine.parquet.decode;

import io.frazil.engine.type.PhysicalType;

/// How stored values become a vector's, where they aren't the same.
public enum Conversion {
  NONE,
  INT_TO_LONG,
  /// Of an unsigned integer of 32 bits.
  UNSIGNED_INT_TO_LONG,
  MILLIS_TO_MICROS,
  /// A decimal in big-endian bytes to one that fits a long, or to any.
  BYTES_TO_LONG,
  BYTES_TO_INT128;

  /// How values are decoded before they are converted to `target`.
  PhysicalType decodedAs(PhysicalType target) {
    return switch (this) {
      case NONE, MILLIS_TO_MICROS -> target;
      case INT_TO_LONG, UNSIGNED_INT_TO_LONG -> PhysicalType.INT;
      case BYTES_TO_LONG, BYTES_TO_INT128 -> PhysicalType.STRING;
    };
  }

  /// Converts the first `count` of `from` into `to`, from `at` on.
  void apply(Values from, Values to, int at, int count) {
    switch (this) {
      case NONE -> throw new IllegalArgumentException("nothing to convert");
      case INT_TO_LONG -> widen(((IntValues) from).values, ((LongValues) to).values, at, count, -1);
      case UNSIGNED_INT_TO_LONG ->
          widen(((IntValues) from).values, ((LongValues) to).values, at, count, 0xFFFFFFFFL);
      case MILLIS_TO_MICROS ->
          micros(((LongValues) from).values, ((LongValues) to).values, at, count);
      case BYTES_TO_LONG -> decimals((StringValues) from, ((LongValues) to).values, at, count);
      case BYTES_TO_INT128 -> decimals((StringValues) from, (Int128Values) to, at, count);
    }
  }

  private static void widen(int[] from, long[] to, int at, int count, long mask) {
    for (int i = 0; i < count; i++) {
      to[at + i] = from[i] & mask;
    }
  }

  private static void micros(long[] from, long[] to, int at, int count) {
    for (int i = 0; i < count; i++) {
      long micros = from[i] * 1000;
      DamagedPage.check(micros / 1000 == from[i], "a timestamp beyond microseconds");
      to[at + i] = micros;
    }
  }

  private static void decimals(StringValues from, long[] to, int at, int count) {
    byte[] bytes = from.bytes();
    for (int i = 0; i < count; i++) {
      int start = from.starts[i];
      int length = from.lengths[i];
      long low = BigEndian.low(bytes, start, length);
      DamagedPage.check(
          BigEndian.high(bytes, start, length) == low >> 63, "a decimal beyond its precision");
      to[at + i] = low;
    }
  }

  private static void decimals(StringValues from, Int128Values to, int at, int count) {
    byte[] bytes = from.bytes();
    for (int i = 0; i < count; i++) {
      to.low[at + i] = BigEndian.low(bytes, from.starts[i], from.lengths[i]);
      to.high[at + i] = BigEndian.high(bytes, from.starts[i], from.lengths[i]);
    }
  }
}
