package io.frazil.engine.kernel;

import io.frazil.engine.expression.ArithmeticOperator;

/// IEEE arithmetic, which cannot fail and so computes every slot.
public final class DoubleArithmetic {
  private DoubleArithmetic() {}

  public static void apply(
      ArithmeticOperator operator, double[] a, double[] b, double[] out, int length) {
    switch (operator) {
      case ADD -> add(a, b, out, length);
      case SUBTRACT -> subtract(a, b, out, length);
      case MULTIPLY -> multiply(a, b, out, length);
      case DIVIDE -> divide(a, b, out, length);
      case MODULO -> modulo(a, b, out, length);
    }
  }

  private static void add(double[] a, double[] b, double[] out, int length) {
    for (int i = 0; i < length; i++) {
      out[i] = a[i] + b[i];
    }
  }

  private static void subtract(double[] a, double[] b, double[] out, int length) {
    for (int i = 0; i < length; i++) {
      out[i] = a[i] - b[i];
    }
  }

  private static void multiply(double[] a, double[] b, double[] out, int length) {
    for (int i = 0; i < length; i++) {
      out[i] = a[i] * b[i];
    }
  }

  private static void divide(double[] a, double[] b, double[] out, int length) {
    for (int i = 0; i < length; i++) {
      out[i] = a[i] / b[i];
    }
  }

  private static void modulo(double[] a, double[] b, double[] out, int length) {
    for (int i = 0; i < length; i++) {
      out[i] = a[i] % b[i];
    }
  }

  public static void negate(double[] a, double[] out, int length) {
    for (int i = 0; i < length; i++) {
      out[i] = -a[i];
    }
  }

  /// To the nearest REAL. One rounding after another is exact here: a double has more than twice
  /// the digits of a float.
  public static void round(double[] values, int length) {
    for (int i = 0; i < length; i++) {
      values[i] = (float) values[i];
    }
  }
}
