package io.frazil.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

class RangeSelectTest {
  @Test
  void intsInRangeOrOutside() {
    RandomRows.forEach(rows -> {
      int[] values = rows.ints();
      int[] bounds = {bound(rows, values), bound(rows, values)};
      Arrays.sort(bounds);
      for (int yes = 0; yes <= 1; yes++) {
        int[] out = new int[rows.count()];
        int n =
            RangeSelect.ints(values, bounds[0], bounds[1], yes, rows.selection, rows.count(), out);
        check(rows, yes, out, n, i -> bounds[0] <= values[i] && values[i] <= bounds[1]);
      }
    });
  }

  private static int bound(RandomRows rows, int[] values) {
    return values.length == 0 || rows.random.nextInt(4) == 0
        ? rows.random.nextInt()
        : values[rows.random.nextInt(values.length)];
  }

  private static long bound(RandomRows rows, long[] values) {
    return values.length == 0 || rows.random.nextInt(4) == 0
        ? rows.random.nextLong()
        : values[rows.random.nextInt(values.length)];
  }

  @Test
  void longsInRangeOrOutside() {
    RandomRows.forEach(rows -> {
      long[] values = rows.longs();
      long[] bounds = {bound(rows, values), bound(rows, values)};
      Arrays.sort(bounds);
      for (int yes = 0; yes <= 1; yes++) {
        int[] out = new int[rows.count()];
        int n =
            RangeSelect.longs(values, bounds[0], bounds[1], yes, rows.selection, rows.count(), out);
        check(rows, yes, out, n, i -> bounds[0] <= values[i] && values[i] <= bounds[1]);
      }
    });
  }

  /// By the order that has NaN last and one zero.
  @Test
  void doublesInRangeOrOutside() {
    RandomRows.forEach(rows -> {
      double[] values = rows.doubles();
      double[] others = rows.doubles();
      double[] bounds = rows.length < 2 ? new double[] {0, 1} : new double[] {others[0], others[1]};
      double low = order(bounds[0], bounds[1]) <= 0 ? bounds[0] : bounds[1];
      double high = order(bounds[0], bounds[1]) <= 0 ? bounds[1] : bounds[0];
      for (int yes = 0; yes <= 1; yes++) {
        int[] out = new int[rows.count()];
        int n =
            RangeSelect.doubles(
                values, Keys.of(low), Keys.of(high), yes, rows.selection, rows.count(), out);
        check(rows, yes, out, n, i -> order(low, values[i]) <= 0 && order(values[i], high) <= 0);
      }
    });
  }

  private static int order(double a, double b) {
    return a == b ? 0 : Double.compare(a, b);
  }

  @Test
  void wideDecimalsAgainstBoundsOfLongs() {
    RandomRows.forEach(rows -> {
      long[] low = rows.longs();
      long[] high = rows.longs();
      Arrays.setAll(high, i -> rows.random.nextInt(4) > 0 ? low[i] >> 63 : high[i] >> 32);
      long[] bounds = {bound(rows, low), bound(rows, low)};
      Arrays.sort(bounds);
      int below = rows.random.nextInt(2);
      int above = rows.random.nextInt(2);
      int[] out = new int[rows.count()];
      int n =
          RangeSelect.wide(
              new long[][] {high, low}, bounds, below, above, rows.selection, rows.count(), out);
      check(
          rows,
          1,
          out,
          n,
          i -> {
            BigInteger value = BigInteger.valueOf(high[i]).shiftLeft(64);
            value = value.add(new BigInteger(Long.toUnsignedString(low[i])));
            if (value.bitLength() > 63) {
              return (value.signum() < 0 ? below : above) == 1;
            }
            return bounds[0] <= value.longValue() && value.longValue() <= bounds[1];
          });
    });
  }

  private static void check(RandomRows rows, int yes, int[] out, int n, IntPredicate isInside) {
    int[] expected =
        Arrays.stream(rows.selection).filter(p -> isInside.test(p) == (yes == 1)).toArray();
    assertThat(Arrays.copyOf(out, n)).isEqualTo(expected);
  }
}
