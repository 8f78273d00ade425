package io.frazil.session.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.plan.Split;
import io.frazil.engine.provider.ScanPlan.Kept;
import io.frazil.session.scan.ScanInputs;
import io.frazil.session.statistics.PlannedScan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TaskPackerTest {
  @Test
  void nothingToReadIsStillOneTask() {
    assertThat(packer(100, 10, 4).pack(Map.of(1, List.of()))).containsExactly(Map.of());
  }

  @Test
  void fewBytesAreOneTask() {
    assertThat(packer(100, 10, 4).pack(Map.of(1, splits(3, 3, 3)))).hasSize(1);
  }

  @Test
  void eachWorkerGetsTasksWhereTheBytesAllowIt() {
    List<Map<Integer, List<Split>>> tasks =
        packer(100, 10, 4).pack(Map.of(1, splits(20, 20, 20, 20, 10)));
    assertThat(tasks)
        .extracting(TaskPackerTest::bytes)
        .containsExactlyInAnyOrder(30L, 20L, 20L, 20L);
  }

  @Test
  void noTaskReadsMoreThanTheBurstByMuch() {
    List<Map<Integer, List<Split>>> tasks =
        packer(100, 10, 1).pack(Map.of(1, splits(60, 60, 60, 60)));
    assertThat(tasks).extracting(TaskPackerTest::bytes).containsExactlyInAnyOrder(120L, 60L, 60L);
  }

  @Test
  void aSplitLargerThanTheBurstIsATaskOfItsOwn() {
    assertThat(packer(100, 10, 1).pack(Map.of(1, splits(500)))).hasSize(1);
  }

  @Test
  void everySplitIsInExactlyOneTaskInItsOrder() {
    for (long seed = 0; seed < 100; seed++) {
      var random = new SplittableRandom(seed);
      List<Split> one = splits(random.ints(random.nextInt(30), 0, 200).toArray());
      List<Split> two = splits(random.ints(random.nextInt(30), 0, 200).toArray());
      var tasks = packer(300, 50, 5).pack(Map.of(1, one, 2, two));
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

  /// Of one column out of ten, each of eight bytes, a worker reads ten times as many files.
  @Test
  void whatIsNotReadOfSplitsDoesNotCount() {
    int rows = 2 << 20;
    Split split = split("f", 160 << 20);
    assertThat(tasks(Collections.nCopies(80, split), null)).isEqualTo(80 * 160 / 256);
    assertThat(tasks(Collections.nCopies(80, split), new Kept(80L * rows, List.of(80L * 16 << 20))))
        .isEqualTo(80 * 16 / 256);
  }

  @Test
  void aRowCountsForEightBytesHoweverFewColumnsAreRead() {
    int rows = 2 << 20;
    Split split = split("f", 160 << 20);
    assertThat(tasks(Collections.nCopies(80, split), new Kept(80L * rows, List.of())))
        .isEqualTo(80 * 16 / 256);
    assertThat(tasks(Collections.nCopies(80, split), new Kept(800L * rows, List.of())))
        .as("no more tasks than by the files' sizes")
        .isEqualTo(80 * 160 / 256);
  }

  @Test
  void aSplitCountsForWhatItTakesToOpenIt() {
    Split split = split("f", 320 << 20);
    assertThat(tasks(Collections.nCopies(640, split), new Kept(640, List.of(640L))))
        .isEqualTo(640 / 64);
    Split small = split("f", 1 << 20);
    assertThat(tasks(Collections.nCopies(640, small), new Kept(640, List.of(640L))))
        .isEqualTo(640 / 256 + 1);
  }

  @Test
  void sizesThatFilesTellWronglyAreNoMoreThanTheFiles() {
    Split split = split("f", 256 << 20);
    assertThat(tasks(Collections.nCopies(8, split), new Kept(1, List.of(Long.MAX_VALUE))))
        .isEqualTo(8);
  }

  /// In how many a scan is done by one worker.
  private static int tasks(List<Split> splits, @Nullable Kept kept) {
    var scan = new PlannedScan(1, "t", splits.size(), 0, 0, 0, splits.size(), kept);
    var scans = new ScanInputs(Map.of(1, splits), Map.of(), Map.of(1, scan));
    return new TaskPacker(256 << 20, 256 << 20, 1, SplitWeights.of(scans))
        .pack(Map.of(1, splits))
        .size();
  }

  private static TaskPacker packer(long bytesMax, long bytesMin, int tasksMin) {
    return new TaskPacker(bytesMax, bytesMin, tasksMin, SplitWeights.WHOLE);
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
