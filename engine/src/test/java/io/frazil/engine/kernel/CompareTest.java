package io.frazil.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.StringVector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

class CompareTest {
  @Test
  void intsCompareAsNumbers() {
    RandomRows.forEach(rows -> {
      int[] a = rows.ints();
      int[] b = near(rows, a);
      check(
          rows,
          i -> Integer.compare(a[i], b[i]),
          (yes, out) -> Compare.less(a, b, yes, rows.selection, rows.count(), out),
          (yes, out) -> Compare.equal(a, b, yes, rows.selection, rows.count(), out));
    });
  }

  private static int[] near(RandomRows rows, int[] a) {
    int[] b = rows.ints();
    Arrays.setAll(b, i -> rows.random.nextBoolean() ? a[i] : b[i]);
    return b;
  }

  private static long[] near(RandomRows rows, long[] a) {
    long[] b = rows.longs();
    Arrays.setAll(b, i -> rows.random.nextBoolean() ? a[i] : b[i]);
    return b;
  }

  @Test
  void longsCompareAsNumbers() {
    RandomRows.forEach(rows -> {
      long[] a = rows.longs();
      long[] b = near(rows, a);
      check(
          rows,
          i -> Long.compare(a[i], b[i]),
          (yes, out) -> Compare.less(a, b, yes, rows.selection, rows.count(), out),
          (yes, out) -> Compare.equal(a, b, yes, rows.selection, rows.count(), out));
    });
  }

  @Test
  void wideDecimalsCompareByBothHalves() {
    RandomRows.forEach(rows -> {
      long[] high = rows.longs();
      long[] low = rows.longs();
      Int128Vector a = wide(rows, high, low);
      Int128Vector b = wide(rows, near(rows, high), near(rows, low));
      check(
          rows,
          i -> a.unscaled(i).compareTo(b.unscaled(i)),
          (yes, out) -> Compare.less(a, b, yes, rows.selection, rows.count(), out),
          (yes, out) -> Compare.equal(a, b, yes, rows.selection, rows.count(), out));
    });
  }

  private static Int128Vector wide(RandomRows rows, long[] high, long[] low) {
    return new Int128Vector(Types.decimal(38, 0), high, low, rows.length, null);
  }

  @Test
  void textsCompareByUnsignedBytes() {
    RandomRows.forEach(rows -> {
      List<String> left = rows.texts();
      List<String> right = rows.texts();
      StringVector a = rows.vector(left);
      StringVector b = rows.vector(right);
      check(
          rows,
          i -> Arrays.compareUnsigned(utf8(left.get(i)), utf8(right.get(i))),
          (yes, out) -> Compare.less(a, b, yes, rows.selection, rows.count(), out),
          (yes, out) -> Compare.equal(a, b, yes, rows.selection, rows.count(), out));
    });
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private interface Kernel {
    int select(int yes, int[] out);
  }

  private static void check(RandomRows rows, IntUnaryOperator order, Kernel less, Kernel equal) {
    for (int yes = 0; yes <= 1; yes++) {
      boolean wanted = yes == 1;
      check(rows, less, yes, i -> (order.applyAsInt(i) < 0) == wanted ? 1 : 0);
      check(rows, equal, yes, i -> (order.applyAsInt(i) == 0) == wanted ? 1 : 0);
    }
  }

  private static void check(RandomRows rows, Kernel kernel, int yes, IntUnaryOperator test) {
    int[] out = new int[rows.count()];
    int n = kernel.select(yes, out);
    int[] expected = Arrays.stream(rows.selection).filter(p -> test.applyAsInt(p) == 1).toArray();
    assertThat(Arrays.copyOf(out, n)).isEqualTo(expected);
  }
}
