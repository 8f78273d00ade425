package io.frazil.session.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.fragment.PartialInput;
import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.Split;
import io.frazil.session.stage.TaskShare.Partitions;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskSharesTest {
  private static final int SCAN = 7;
  private static final TaskPacker PACKER = new TaskPacker(100, 10, 2, SplitWeights.WHOLE);

  @Test
  void aScanBesidePartitionsHasTasksOfItsOwn() {
    List<TaskShare> shares = shares(Map.of(SCAN, splits(5)), hashed(60, 60));
    assertThat(shares).extracting(TaskShare::task).containsExactly(0, 1, 2, 3, 4);
    assertThat(shares)
        .extracting(TaskShare::partitions)
        .containsExactly(
            new Partitions(0, 1),
            new Partitions(1, 2),
            Partitions.NONE,
            Partitions.NONE,
            Partitions.NONE);
    assertThat(shares.subList(0, 2)).allMatch(share -> share.splits().isEmpty());
    assertThat(shares.subList(2, 5))
        .extracting(share -> share.splits().get(SCAN).size())
        .containsExactly(2, 2, 1);
  }

  @Test
  void aScanOfNothingBesidePartitionsHasNone() {
    assertThat(shares(Map.of(SCAN, List.of()), hashed(60, 60)))
        .extracting(TaskShare::partitions)
        .containsExactly(new Partitions(0, 1), new Partitions(1, 2));
  }

  @Test
  void aScanBesideGatheredRowsIsReadWithThem() {
    var gathered = new StageOutput(new Distribution.Gather(), List.of());
    assertThat(shares(Map.of(SCAN, splits(5)), gathered))
        .containsExactly(new TaskShare(0, Partitions.NONE, Map.of(SCAN, splits(5))));
  }

  private static List<TaskShare> shares(Map<Integer, List<Split>> splits, StageOutput input) {
    return TaskShares.of(splits, Map.of(3, input), Optional.empty(), PACKER, 1);
  }

  /// Of 50 bytes each.
  private static List<Split> splits(int count) {
    return Collections.nCopies(count, new Split.Parquet("f", 4, 50, 1_000, null, Map.of()));
  }

  /// By one producer, with so many bytes in each partition.
  private static StageOutput hashed(long... bytes) {
    List<PartialManifest.Range> ranges =
        Arrays.stream(bytes).mapToObj(length -> new PartialManifest.Range(0, length, 1)).toList();
    return new StageOutput(
        new Distribution.Hash(List.of(0), bytes.length),
        List.of(new PartialInput.Stored(new PartialManifest("p", "1", 1_000, ranges))));
  }
}
