package io.frazil.engine.kernel;

/// Numbers as longs of the same order and equality, so that what compares, hashes and looks up has
/// one loop for all of them.
public final class Keys {
  private Keys() {}

  /// NaN is one value and greatest, -0.0 is 0.0.
  public static long of(double value) {
    long bits = Double.doubleToLongBits(value + 0.0);
    return bits ^ ((bits >> 63) >>> 1);
  }

  public static void of(double[] values, int length, long[] out) {
    for (int i = 0; i < length; i++) {
      out[i] = of(values[i]);
    }
  }

  public static void of(int[] values, int length, long[] out) {
    for (int i = 0; i < length; i++) {
      out[i] = values[i];
    }
  }

  public static void of(byte[] values, int length, long[] out) {
    for (int i = 0; i < length; i++) {
      out[i] = values[i];
    }
  }
}
