package io.frazil.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.ArithmeticOperator;
import io.frazil.engine.type.DataType.Decimal;
import io.frazil.engine.type.DecimalTypes;
import io.frazil.engine.vector.Int128Vector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Both widths: what [DecimalArithmetic] says is exact, and what [WideDecimalArithmetic] makes.
class DecimalArithmeticTest {
  private static final long UNTOUCHED = 77;

  @ParameterizedTest
  @EnumSource
  void denseResultsAreExactWhereTheySaySo(ArithmeticOperator operator) {
    RandomRows.forEach(rows -> {
      DecimalArithmetic work = work(operator, rows.random);
      long[] a = longs(rows, work.left());
      long[] b = longs(rows, work.right());
      long[] out = new long[rows.length];
      if (work.dense(a, b, out, rows.length)) {
        for (int i = 0; i < rows.length; i++) {
          assertThat(BigInteger.valueOf(out[i]))
              .as("%s of %s and %s", work, a[i], b[i])
              .isEqualTo(value(work, BigInteger.valueOf(a[i]), BigInteger.valueOf(b[i])));
        }
      }
    });
  }

  @Test
  void smallSumsAndProductsAreDense() {
    var two = new Decimal(15, 2);
    for (var operator :
        new ArithmeticOperator[] {
          ArithmeticOperator.ADD, ArithmeticOperator.SUBTRACT, ArithmeticOperator.MULTIPLY
        }) {
      long[] out = new long[2];
      var work = work(operator, two, two);
      assertThat(work.dense(new long[] {100, -250}, new long[] {7, 8}, out, 2)).isTrue();
    }
  }

  @Test
  void productThatIsOneBitTooWideIsNotExact() {
    var work = work(ArithmeticOperator.MULTIPLY, new Decimal(12, 0), new Decimal(12, 0));
    long[] out = new long[1];
    assertThat(work.dense(new long[] {-1L << 31}, new long[] {-1L << 32}, out, 1)).isFalse();
    assertThat(work.checked(new long[] {-1L << 31}, new long[] {-1L << 32}, out, all(1))).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void checkedResultsAreExactWhereTheySaySo(ArithmeticOperator operator) {
    RandomRows.forEach(rows -> {
      DecimalArithmetic work = work(operator, rows.random);
      long[] a = longs(rows, work.left());
      long[] b = longs(rows, work.right());
      long[] out = new long[rows.length];
      Arrays.fill(out, UNTOUCHED);
      int zero =
          Arrays.stream(rows.valid())
              .filter(p -> divides(operator) && b[p] == 0)
              .findFirst()
              .orElse(-1);
      boolean isExact;
      try {
        isExact = work.checked(a, b, out, rows.positions());
      } catch (FrazilException e) {
        assertThat(zero).isNotNegative();
        assertThat(e).hasMessage(divisionByZero(work, BigInteger.valueOf(a[zero])));
        return;
      }
      if (isExact) {
        assertThat(zero).isNegative();
        assertThat(out).isEqualTo(expected(rows, work, a, b));
      }
    });
  }

  private static long[] expected(RandomRows rows, DecimalArithmetic work, long[] a, long[] b) {
    long[] expected = new long[rows.length];
    Arrays.fill(expected, UNTOUCHED);
    for (int p : rows.selection) {
      BigInteger value =
          rows.isNull(p)
              ? BigInteger.ZERO
              : value(work, BigInteger.valueOf(a[p]), BigInteger.valueOf(b[p]));
      expected[p] = value == null ? UNTOUCHED : value.longValueExact();
    }
    return expected;
  }

  @ParameterizedTest
  @EnumSource
  void wideResultsAreExactOrFailForLiveValidRowsAlone(ArithmeticOperator operator) {
    RandomRows.forEach(rows -> {
      DecimalArithmetic work = work(operator, rows.random);
      Int128Vector a = wide(rows, work.left());
      Int128Vector b = wide(rows, work.right());
      long[][] out = {new long[rows.length], new long[rows.length]};
      String error = error(rows, work, a, b);
      if (error != null) {
        assertThatThrownBy(() -> WideDecimalArithmetic.apply(work, a, b, out, rows.positions()))
            .isInstanceOf(FrazilException.class)
            .hasMessage(error);
        return;
      }
      WideDecimalArithmetic.apply(work, a, b, out, rows.positions());
      for (int p : rows.selection) {
        assertThat(Int128Vector.big(out[0][p], out[1][p]))
            .as("%s of %s and %s", work, a.unscaled(p), b.unscaled(p))
            .isEqualTo(
                rows.isNull(p) ? BigInteger.ZERO : value(work, a.unscaled(p), b.unscaled(p)));
      }
    });
  }

  private static @Nullable String error(
      RandomRows rows, DecimalArithmetic work, Int128Vector a, Int128Vector b) {
    for (int p : rows.valid()) {
      BigInteger value = value(work, a.unscaled(p), b.unscaled(p));
      if (value == null) {
        return divisionByZero(work, a.unscaled(p));
      }
      if (value.abs().compareTo(BigInteger.TEN.pow(work.result().precision())) >= 0) {
        return "%s is out of range for %s"
            .formatted(
                new BigDecimal(value, work.result().scale()).toPlainString(), work.result().text());
      }
    }
    return null;
  }

  private static String divisionByZero(DecimalArithmetic work, BigInteger dividend) {
    return "Division by zero: %s %s %s"
        .formatted(
            new BigDecimal(dividend, work.left().scale()).toPlainString(),
            work.operator().symbol(),
            new BigDecimal(BigInteger.ZERO, work.right().scale()).toPlainString());
  }

  /// The unscaled result, or null for a division by zero.
  private static @Nullable BigInteger value(DecimalArithmetic work, BigInteger a, BigInteger b) {
    var left = new BigDecimal(a, work.left().scale());
    var right = new BigDecimal(b, work.right().scale());
    if (divides(work.operator()) && b.signum() == 0) {
      return null;
    }
    int scale = work.result().scale();
    BigDecimal value =
        switch (work.operator()) {
          case ADD -> left.add(right);
          case SUBTRACT -> left.subtract(right);
          case MULTIPLY -> left.multiply(right);
          case DIVIDE -> left.divide(right, scale, RoundingMode.HALF_UP);
          case MODULO -> left.remainder(right);
        };
    return value.setScale(scale, RoundingMode.HALF_UP).unscaledValue();
  }

  private static boolean divides(ArithmeticOperator operator) {
    return operator == ArithmeticOperator.DIVIDE || operator == ArithmeticOperator.MODULO;
  }

  private static Positions all(int count) {
    return new Positions(Selections.identity(count), count, null);
  }

  private static DecimalArithmetic work(ArithmeticOperator operator, Random random) {
    return work(operator, type(random), type(random));
  }

  private static DecimalArithmetic work(ArithmeticOperator operator, Decimal left, Decimal right) {
    Decimal result =
        switch (operator) {
          case ADD, SUBTRACT -> DecimalTypes.add(left, right);
          case MULTIPLY -> DecimalTypes.multiply(left, right);
          case DIVIDE -> DecimalTypes.divide(left, right);
          case MODULO -> DecimalTypes.modulo(left, right);
        };
    return new DecimalArithmetic(operator, left, right, result);
  }

  private static Decimal type(Random random) {
    int precision = 1 + random.nextInt(random.nextBoolean() ? 18 : 38);
    return new Decimal(precision, random.nextInt(precision + 1));
  }

  private static long[] longs(RandomRows rows, Decimal type) {
    long max = type.precision() > 18 ? Long.MAX_VALUE : Int128.power(type.precision()) - 1;
    return rows.longs(-max, max);
  }

  private static Int128Vector wide(RandomRows rows, Decimal type) {
    int bits = rows.random.nextInt((int) (type.precision() * 3.32) + 1);
    BigInteger limit = BigInteger.TEN.pow(type.precision());
    BigInteger[] values = new BigInteger[rows.length];
    for (int i = 0; i < rows.length; i++) {
      var value = new BigInteger(bits, rows.random).mod(limit);
      values[i] =
          rows.isNull(i) ? BigInteger.ZERO : rows.random.nextBoolean() ? value.negate() : value;
    }
    return new Int128Vector(
        type,
        IntStream.range(0, rows.length).mapToLong(i -> Int128.high(values[i])).toArray(),
        IntStream.range(0, rows.length).mapToLong(i -> values[i].longValue()).toArray(),
        rows.length,
        rows.validity);
  }
}
