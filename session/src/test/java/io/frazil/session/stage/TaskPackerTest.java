package io.frazil.session.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.plan.Split;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TaskPackerTest {
  @Test
  void nothingToReadIsStillOneTask() {
    assertThat(new TaskPacker(100, 10, 4).pack(Map.of(1, List.of()))).containsExactly(Map.of());
  }

  @Test
  void fewBytesAreOneTask() {
    assertThat(new TaskPacker(100, 10, 4).pack(Map.of(1, splits(3, 3, 3)))).hasSize(1);
  }

  @Test
  void eachWorkerGetsTasksWhereTheBytesAllowIt() {
    List<Map<Integer, List<Split>>> tasks =
        new TaskPacker(100, 10, 4).pack(Map.of(1, splits(20, 20, 20, 20, 10)));
    assertThat(tasks)
        .extracting(TaskPackerTest::bytes)
        .containsExactlyInAnyOrder(30L, 20L, 20L, 20L);
  }

  @Test
  void noTaskReadsMoreThanTheBurstByMuch() {
    List<Map<Integer, List<Split>>> tasks =
        new TaskPacker(100, 10, 1).pack(Map.of(1, splits(60, 60, 60, 60)));
    assertThat(tasks).extracting(TaskPackerTest::bytes).containsExactlyInAnyOrder(120L, 60L, 60L);
  }

  @Test
  void aSplitLargerThanTheBurstIsATaskOfItsOwn() {
    assertThat(new TaskPacker(100, 10, 1).pack(Map.of(1, splits(500)))).hasSize(1);
  }

  @Test
  void everySplitIsInExactlyOneTaskInItsOrder() {
    for (long seed = 0; seed < 100; seed++) {
      var random = new SplittableRandom(seed);
      List<Split> one = splits(random.ints(random.nextInt(30), 0, 200).toArray());
      List<Split> two = splits(random.ints(random.nextInt(30), 0, 200).toArray());
      var tasks = new TaskPacker(300, 50, 5).pack(Map.of(1, one, 2, two));
      for (var scan : Map.of(1, one, 2, two).entrySet()) {
        List<Split> packed = new ArrayList<>();
        for (var task : tasks) {
          List<Split> share = task.getOrDefault(scan.getKey(), List.of());
          assertThat(share).as("seed %d", seed).isSubsetOf(scan.getValue());
          assertThat(share.stream().map(scan.getValue()::indexOf).toList())
              .as("seed %d", seed)
              .isSorted();
          packed.addAll(share);
        }
        assertThat(packed).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(scan.getValue());
      }
    }
  }

  private static long bytes(Map<Integer, List<Split>> task) {
    return task.values().stream().flatMap(Collection::stream).mapToLong(Split::bytes).sum();
  }

  private static List<Split> splits(int... bytes) {
    return IntStream.range(0, bytes.length)
        .mapToObj(i -> split("f" + i, bytes[i]))
        .flatMap(Stream::of)
        .toList();
  }

  private static Split split(String location, int bytes) {
    return new Split.Parquet(location, 0, bytes, bytes, null, Map.of());
  }
}
