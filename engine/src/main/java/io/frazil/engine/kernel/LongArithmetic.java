package io.frazil.engine.kernel;

/// Sums, differences and products of longs.
///
/// Checking every product costs more than the product. So the operands are measured first ([#bits],
/// an OR over all values that vectorizes): where their widths add up to less than a long, the plain
/// loop is exact.
public final class LongArithmetic {
  private LongArithmetic() {}

  /// How many bits the value of greatest magnitude needs without its sign: all lie in [-2^bits,
  /// 2^bits).
  public static int bits(long[] values, int length) {
    long all = 0;
    for (int i = 0; i < length; i++) {
      all |= values[i] ^ (values[i] >> 63);
    }
    return bits(all);
  }

  public static int bits(long value) {
    return Long.SIZE - Long.numberOfLeadingZeros(value ^ (value >> 63));
  }

  /// Whether the widths alone say that every product fits a long. Two smallest values of their
  /// widths have a product of one bit more than both: -2^31 · -2^32 is 2^63, and fits no long.
  public static boolean productsFit(long[] a, long[] b, int length) {
    return bits(a, length) + bits(b, length) < Long.SIZE - 1;
  }

  /// @return whether none overflowed
  public static boolean add(long[] a, long[] b, long[] out, int length) {
    long overflow = 0;
    for (int i = 0; i < length; i++) {
      long sum = a[i] + b[i];
      out[i] = sum;
      overflow |= (a[i] ^ sum) & (b[i] ^ sum);
    }
    return overflow >= 0;
  }

  /// @return whether none overflowed
  public static boolean subtract(long[] a, long[] b, long[] out, int length) {
    long overflow = 0;
    for (int i = 0; i < length; i++) {
      long difference = a[i] - b[i];
      out[i] = difference;
      overflow |= (a[i] ^ b[i]) & (a[i] ^ difference);
    }
    return overflow >= 0;
  }

  /// Without a check.
  public static void multiply(long[] a, long[] b, long[] out, int length) {
    for (int i = 0; i < length; i++) {
      out[i] = a[i] * b[i];
    }
  }

  /// `a * factor`, without a check.
  public static void scale(long[] a, long factor, long[] out, int length) {
    for (int i = 0; i < length; i++) {
      out[i] = a[i] * factor;
    }
  }
}
