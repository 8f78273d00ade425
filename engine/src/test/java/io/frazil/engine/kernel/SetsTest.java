package io.frazil.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.vector.StringVector;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// [LongSet] and [TextSet], few and many.
class SetsTest {
  @Test
  void longsAreInTheSetOrNot() {
    RandomRows.forEach(rows -> {
      long[] keys = rows.longs();
      long[] members =
          IntStream.range(0, rows.random.nextInt(20))
              .mapToLong(_ ->
                  keys.length == 0 || rows.random.nextBoolean()
                      ? rows.random.nextInt(3)
                      : keys[rows.random.nextInt(keys.length)])
              .toArray();
      Set<Long> model = Arrays.stream(members).boxed().collect(Collectors.toSet());
      var set = new LongSet(members);
      check(
          rows,
          (yes, out) -> set.select(keys, yes, rows.selection, rows.count(), out),
          p -> model.contains(keys[p]));
    });
  }

  @Test
  void keysThatMeetInOneSlotAreStillTold() {
    long[] members = IntStream.range(0, 500).mapToLong(i -> (long) i << 52).toArray();
    var set = new LongSet(members);
    int[] out = new int[500];
    int[] all = Selections.identity(500);
    assertThat(set.select(members, 1, all, 500, out)).isEqualTo(500);
    long[] others = Arrays.stream(members).map(k -> k + 1).toArray();
    assertThat(set.select(others, 1, all, 500, out)).isZero();
  }

  @Test
  void textsAreInTheSetOrNot() {
    RandomRows.forEach(rows -> {
      List<String> texts = rows.texts();
      List<String> members =
          IntStream.range(0, rows.random.nextInt(40))
              .mapToObj(_ -> RandomRows.text(rows.random, 3))
              .toList();
      Set<String> model = new HashSet<>(members);
      var set = new TextSet(members);
      StringVector vector = rows.vector(texts);
      check(
          rows,
          (yes, out) -> set.select(vector, yes, rows.selection, rows.count(), out),
          p -> model.contains(texts.get(p)));
    });
  }

  private interface Kernel {
    int select(int yes, int[] out);
  }

  private static void check(RandomRows rows, Kernel kernel, IntPredicate test) {
    for (int yes = 0; yes <= 1; yes++) {
      boolean wanted = yes == 1;
      int[] out = new int[rows.count()];
      int n = kernel.select(yes, out);
      assertThat(Arrays.copyOf(out, n))
          .isEqualTo(Arrays.stream(rows.selection).filter(p -> test.test(p) == wanted).toArray());
    }
  }
}
