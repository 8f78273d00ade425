package io.frazil.engine.parquet.decode;

/// Puts zero where a null is.
final class Nulls {
  private Nulls() {}

  static void ints(int[] values, long[] validity, int length) {
    for (int i = 0; i < length; i++) {
      values[i] &= -(int) (validity[i >>> 6] >>> i & 1);
    }
  }

  static void longs(long[] values, long[] validity, int length) {
    for (int i = 0; i < length; i++) {
      values[i] &= -(validity[i >>> 6] >>> i & 1);
    }
  }

  static void doubles(double[] values, long[] validity, int length) {
    for (int i = 0; i < length; i++) {
      values[i] = (validity[i >>> 6] >>> i & 1) == 0 ? 0.0 : values[i];
    }
  }

  static void bytes(byte[] values, long[] validity, int length) {
    for (int i = 0; i < length; i++) {
      values[i] &= (byte) -(validity[i >>> 6] >>> i & 1);
    }
  }
}
