package io.frazil.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LongArithmeticTest {
  @Test
  void bitsAreThoseOfTheWidestValueWithoutItsSign() {
    RandomRows.forEach(rows -> {
      long[] values = rows.longs();
      int widest =
          Arrays.stream(values)
              .mapToObj(BigInteger::valueOf)
              .mapToInt(BigInteger::bitLength)
              .max()
              .orElse(0);
      assertThat(LongArithmetic.bits(values, rows.length)).isEqualTo(widest);
    });
  }

  @Test
  void productsThatFitByWidthAreExact() {
    RandomRows.forEach(rows -> {
      long[] a = rows.longs();
      long[] b = rows.longs();
      if (LongArithmetic.productsFit(a, b, rows.length)) {
        long[] out = new long[rows.length];
        LongArithmetic.multiply(a, b, out, rows.length);
        assertThat(out)
            .isEqualTo(
                IntStream.range(0, rows.length)
                    .mapToLong(i -> Math.multiplyExact(a[i], b[i]))
                    .toArray());
      }
    });
    assertThat(LongArithmetic.productsFit(new long[] {1L << 30}, new long[] {1L << 30}, 1))
        .isTrue();
  }

  @Test
  void sumsAndDifferencesSayWhetherAnyOverflows() {
    RandomRows.forEach(rows -> {
      long[] a = rows.longs();
      long[] b = rows.longs();
      long[] out = new long[rows.length];
      boolean fits = LongArithmetic.add(a, b, out, rows.length);
      assertThat(fits)
          .isEqualTo(IntStream.range(0, rows.length).noneMatch(i -> addOverflows(a[i], b[i])));
      assertThat(out)
          .isEqualTo(IntStream.range(0, rows.length).mapToLong(i -> a[i] + b[i]).toArray());
      fits = LongArithmetic.subtract(a, b, out, rows.length);
      assertThat(fits)
          .isEqualTo(IntStream.range(0, rows.length).noneMatch(i -> subtractOverflows(a[i], b[i])));
      assertThat(out)
          .isEqualTo(IntStream.range(0, rows.length).mapToLong(i -> a[i] - b[i]).toArray());
    });
  }

  private static boolean addOverflows(long a, long b) {
    return BigInteger.valueOf(a).add(BigInteger.valueOf(b)).bitLength() > 63;
  }

  private static boolean subtractOverflows(long a, long b) {
    return BigInteger.valueOf(a).subtract(BigInteger.valueOf(b)).bitLength() > 63;
  }

  @Test
  void scalingMultipliesEverySlot() {
    RandomRows.forEach(rows -> {
      long[] a = rows.longs();
      long[] out = new long[rows.length];
      LongArithmetic.scale(a, 1000, out, rows.length);
      assertThat(out).isEqualTo(Arrays.stream(a).map(v -> v * 1000).toArray());
    });
  }
}
