package io.frazil.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.vector.Bitmap;
import io.frazil.engine.vector.Rows;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SelectionsTest {
  @Test
  void positionsOfAllRowsAreTheirNumbers() {
    for (int length : new int[] {0, 1, 4096, 10_000}) {
      assertThat(Arrays.copyOf(Selections.identity(length), length))
          .isEqualTo(IntStream.range(0, length).toArray());
      assertThat(Arrays.copyOf(Selections.positions(Rows.all(length)), length))
          .isEqualTo(IntStream.range(0, length).toArray());
    }
    int[] some = {3, 5};
    assertThat(Selections.positions(new Rows(10, some, 2))).isSameAs(some);
  }

  @Test
  void masksSelectTheirRows() {
    RandomRows.forEach(rows -> {
      byte[] mask = rows.booleans();
      check(
          rows,
          out -> Selections.where(mask, rows.selection, rows.count(), out),
          p -> mask[p] == 1);
      check(
          rows,
          out -> Selections.whereNot(mask, rows.selection, rows.count(), out),
          p -> mask[p] == 0);
    });
  }

  @Test
  void entriesSelectTheRowsThatReferToThem() {
    RandomRows.forEach(rows -> {
      byte[] entries = {1, 0, 0, 1};
      int[] ids = rows.ids(entries.length);
      check(
          rows,
          out -> Selections.whereEntry(entries, ids, rows.selection, rows.count(), out),
          p -> entries[ids[p]] == 1);
    });
  }

  @Test
  void validityParts() {
    RandomRows.forEach(rows -> {
      check(
          rows,
          out -> Selections.whereValid(rows.validity, rows.selection, rows.count(), out),
          p -> !rows.isNull(p));
      check(
          rows,
          out -> Selections.whereNull(rows.validity, rows.selection, rows.count(), out),
          rows::isNull);
    });
  }

  @Test
  void withoutLeavesTheOthers() {
    RandomRows.forEach(rows -> {
      int[] taken =
          Arrays.stream(rows.selection).filter(_ -> rows.random.nextInt(3) == 0).toArray();
      check(
          rows,
          out -> Selections.without(rows.selection, rows.count(), taken, taken.length, out),
          p -> Arrays.binarySearch(taken, p) < 0);
    });
  }

  @Test
  void masksAndBitmapsAreMadeOfPositions() {
    RandomRows.forEach(rows -> {
      byte[] mask = new byte[rows.length];
      Arrays.fill(mask, (byte) 1);
      Selections.toMask(rows.selection, rows.count(), mask, rows.length);
      long[] bits = Selections.nullAt(rows.selection, rows.count(), rows.length);
      for (int i = 0; i < rows.length; i++) {
        boolean isAlive = Arrays.binarySearch(rows.selection, i) >= 0;
        assertThat(mask[i]).isEqualTo((byte) (isAlive ? 1 : 0));
        assertThat(Bitmap.get(bits, i)).isEqualTo(!isAlive);
      }
      byte[] none = new byte[rows.length];
      Selections.mark(rows.selection, rows.count(), none);
      assertThat(none).isEqualTo(mask);
    });
  }

  private interface Kernel {
    int select(int[] out);
  }

  /// Into an array of its own and, where that is the input, in place.
  private static void check(RandomRows rows, Kernel kernel, IntPredicate test) {
    int[] expected = Arrays.stream(rows.selection).filter(test).toArray();
    int[] out = new int[rows.count()];
    int n = kernel.select(out);
    assertThat(Arrays.copyOf(out, n)).isEqualTo(expected);
    int[] before = rows.selection.clone();
    n = kernel.select(rows.selection);
    assertThat(Arrays.copyOf(rows.selection, n)).isEqualTo(expected);
    System.arraycopy(before, 0, rows.selection, 0, before.length);
  }
}
