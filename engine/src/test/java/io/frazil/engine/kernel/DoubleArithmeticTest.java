package io.frazil.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.expression.ArithmeticOperator;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DoubleArithmeticTest {
  @ParameterizedTest
  @EnumSource
  void operatorsAreThoseOfIeee(ArithmeticOperator operator) {
    RandomRows.forEach(rows -> {
      double[] a = rows.doubles();
      double[] b = rows.doubles();
      double[] out = new double[rows.length];
      DoubleArithmetic.apply(operator, a, b, out, rows.length);
      assertThat(out)
          .isEqualTo(
              IntStream.range(0, rows.length)
                  .mapToDouble(i -> value(operator, a[i], b[i]))
                  .toArray());
    });
  }

  /// Of reals, which have been computed as doubles: once rounded, as if they never had been.
  @ParameterizedTest
  @EnumSource
  void realsAreRoundedOnce(ArithmeticOperator operator) {
    RandomRows.forEach(rows -> {
      double[] a = Arrays.stream(rows.doubles()).map(v -> (float) v).toArray();
      double[] b = Arrays.stream(rows.doubles()).map(v -> (float) v).toArray();
      double[] out = new double[rows.length];
      DoubleArithmetic.apply(operator, a, b, out, rows.length);
      DoubleArithmetic.round(out, rows.length);
      assertThat(out)
          .isEqualTo(
              IntStream.range(0, rows.length)
                  .mapToDouble(i -> value(operator, (float) a[i], (float) b[i]))
                  .toArray());
    });
  }

  @Test
  void negationFlipsTheSignOfZeroToo() {
    RandomRows.forEach(rows -> {
      double[] a = rows.doubles();
      double[] out = new double[rows.length];
      DoubleArithmetic.negate(a, out, rows.length);
      assertThat(out).isEqualTo(Arrays.stream(a).map(v -> -v).toArray());
    });
  }

  private static double value(ArithmeticOperator operator, double a, double b) {
    return switch (operator) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MODULO -> a % b;
    };
  }

  private static float value(ArithmeticOperator operator, float a, float b) {
    return switch (operator) {
      case ADD -> a + b;
      case SUBTRACT -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case MODULO -> a % b;
    };
  }
}
