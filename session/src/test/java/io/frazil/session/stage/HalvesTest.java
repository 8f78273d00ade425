package io.frazil.session.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.fragment.PartialInput;
import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.JoinType;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.PhysicalPlan.Phase;
import io.frazil.engine.plan.Split;
import io.frazil.session.stage.TaskShare.Partitions;
import io.frazil.session.stage.TaskShare.Producers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HalvesTest {
  private static final Partitions ALL = new Partitions(0, 4);

  @Test
  void splitsGoToBothHalvesByTheirBytes() {
    var share = new TaskShare(1, Partitions.NONE, Map.of(7, splits(5, 3, 3, 9)));
    List<TaskShare> halves = scans(4).of(share);
    assertThat(halves).extracting(TaskShare::task).containsExactly(6, 7);
    assertThat(halves)
        .extracting(TaskShare::splits)
        .containsExactly(Map.of(7, splits(9)), Map.of(7, splits(5, 3, 3)));
  }

  @Test
  void allTasksAndTheirPartsHaveNumbersOfTheirOwn() {
    Set<Integer> numbers = new HashSet<>();
    var shares = new ArrayList<TaskShare>();
    for (int task = 0; task < 3; task++) {
      shares.add(new TaskShare(task, Partitions.NONE, Map.of(7, splits(new long[100]))));
    }
    while (!shares.isEmpty()) {
      TaskShare share = shares.removeLast();
      assertThat(numbers.add(share.task())).as("%d", share.task()).isTrue();
      shares.addAll(scans(3).of(share));
    }
    assertThat(numbers).hasSize(3 * (1 + 2 + 4 + 8 + 16 + 32));
  }

  @Test
  void oneSplitIsCutWhereItMayHaveSeveralRowGroups() {
    var large = new TaskShare(0, Partitions.NONE, Map.of(7, splits(16L << 20), 8, List.of()));
    List<TaskShare> halves = scans(1).of(large);
    assertThat(halves).hasSize(2);
    Split.Parquet first = split(halves.getFirst());
    Split.Parquet second = split(halves.getLast());
    assertThat(first.start()).isEqualTo(4);
    assertThat(first.length() + second.length()).isEqualTo(16L << 20);
    assertThat(second.start()).isEqualTo(first.start() + first.length());
    assertThat(scans(1).of(halves.getFirst())).isEmpty();
  }

  @Test
  void nothingToReadCannotBeDivided() {
    assertThat(scans(1).of(new TaskShare(0, Partitions.NONE, Map.of()))).isEmpty();
    assertThat(scans(1).of(new TaskShare(0, Partitions.NONE, Map.of(7, List.of())))).isEmpty();
  }

  @Test
  void whatReadsAllThereIsIsNotDivided() {
    var gathered = new StageOutput(new Distribution.Gather(), List.of());
    var halves = new Halves(1, Map.of(0, gathered), Optional.empty());
    assertThat(halves.of(new TaskShare(0, Partitions.NONE, Map.of(7, splits(3, 4))))).isEmpty();
  }

  @Test
  void partitionsThatShareATaskArePartedWhereTheirBytesAre() {
    Halves halves = aggregated(output(10, 10, 40, 20));
    var share = new TaskShare(0, ALL, Map.of());
    List<TaskShare> both = halves.of(share);
    assertThat(both)
        .extracting(TaskShare::partitions)
        .containsExactly(new Partitions(0, 3), new Partitions(3, 4));
    assertThat(halves.of(both.getLast())).isEmpty();
  }

  @Test
  void aPartitionOfAJoinIsDividedByWhoWroteItsLargerSide() {
    var join = JoinPlans.join(3, JoinType.LEFT, JoinPlans.input(1, 0), JoinPlans.input(2, 1));
    Halves halves = joined(join, output(40, 40), output(8));
    List<TaskShare> both = halves.of(new TaskShare(0, new Partitions(0, 1), Map.of()));
    assertThat(both)
        .extracting(TaskShare::producers)
        .containsExactly(Optional.of(new Producers(0, 0, 1)), Optional.of(new Producers(0, 1, 2)));
    assertThat(halves.of(both.getFirst())).isEmpty();
  }

  @Test
  void aPartitionOfWhatCannotBeInPiecesIsNotDivided() {
    var full = JoinPlans.join(3, JoinType.FULL, JoinPlans.input(1, 0), JoinPlans.input(2, 1));
    assertThat(
            joined(full, output(40, 40), output(8))
                .of(new TaskShare(0, new Partitions(0, 1), Map.of())))
        .isEmpty();
    assertThat(aggregated(output(40, 40)).of(new TaskShare(0, new Partitions(0, 1), Map.of())))
        .isEmpty();
  }

  @Test
  void onlyWhatIsTooLargeIsDivided() {
    for (ErrorCode code : ErrorCode.values()) {
      boolean large =
          code == ErrorCode.MEMORY_LIMIT
              || code == ErrorCode.TIME_LIMIT
              || code == ErrorCode.DISK_FULL;
      assertThat(Halves.wouldHelp(new FrazilException(code, "x"))).as("%s", code).isEqualTo(large);
    }
  }

  @Test
  void whatCannotBeDividedSaysWhatToDo() {
    var failure = new FrazilException(ErrorCode.MEMORY_LIMIT, "hash join 7 needs 8 MiB more");
    var nothing = new TaskShare(5, Partitions.NONE, Map.of());
    assertThat(scans(1).indivisible(failure, 2, nothing).orElseThrow())
        .hasMessage(
            "hash join 7 needs 8 MiB more; task 5 of stage 2 cannot be divided: with more workers"
                + " its share is smaller, larger ones have more memory");
    assertThat(scans(1).indivisible(failure, 2, scan(5, 3))).isEmpty();
  }

  @Test
  void whatEveryPartWouldHoldIsNotMadeSmallerByDividing() {
    var failure = new FrazilException(ErrorCode.MEMORY_LIMIT, "full");
    Halves halves = broadcast(100 << 20);
    assertThat(halves.indivisible(failure, 2, scan(10 << 20, 10 << 20)).orElseThrow())
        .hasMessage(
            "full; task 0 of stage 2 cannot be divided: each of its parts would hold all 100 MiB"
                + " that stage 1 gave; larger workers have more memory");
    assertThat(halves.indivisible(failure, 2, scan(13 << 20, 13 << 20)))
        .as("a scan that comes to more, once it is not compressed")
        .isEmpty();
    assertThat(broadcast(32 << 20).indivisible(failure, 2, scan(1, 1)))
        .as("a broadcast as small as planned")
        .isEmpty();
    var late = new FrazilException(ErrorCode.TIME_LIMIT, "late");
    assertThat(halves.indivisible(late, 2, scan(10 << 20, 10 << 20)))
        .as("time, which each part spends on its own share")
        .isEmpty();
  }

  @Test
  void partitionsBesideWhatEveryTaskHoldsCountToo() {
    var failure = new FrazilException(ErrorCode.MEMORY_LIMIT, "full");
    StageOutput hashed = output(10 << 20, 10 << 20, 40 << 20, 60 << 20);
    var halves = new Halves(1, Map.of(0, hashed, 1, everywhere(100 << 20)), Optional.empty());
    var some = new TaskShare(0, new Partitions(0, 2), Map.of());
    assertThat(halves.indivisible(failure, 2, some)).isPresent();
    assertThat(halves.indivisible(failure, 2, new TaskShare(0, ALL, Map.of()))).isEmpty();
  }

  private static TaskShare scan(long... bytes) {
    return new TaskShare(0, Partitions.NONE, Map.of(7, splits(bytes)));
  }

  private static Halves broadcast(long bytes) {
    return new Halves(1, Map.of(1, everywhere(bytes)), Optional.empty());
  }

  private static StageOutput everywhere(long bytes) {
    return new StageOutput(new Distribution.Broadcast(), List.of(partial(bytes)));
  }

  private static Halves scans(int width) {
    return new Halves(width, Map.of(), Optional.empty());
  }

  private static Halves aggregated(StageOutput input) {
    return new Halves(1, Map.of(0, input), Optional.empty());
  }

  private static Halves joined(PhysicalPlan.HashJoin join, StageOutput left, StageOutput right) {
    var plan = new PhysicalPlan.HashAggregate(9, join, List.of(0), List.of(), Phase.PARTIAL);
    return new Halves(1, Map.of(0, left, 1, right), PartitionedJoin.in(plan, _ -> true));
  }

  private static Split.Parquet split(TaskShare share) {
    return (Split.Parquet) share.splits().get(7).getFirst();
  }

  private static List<Split> splits(long... bytes) {
    return LongStream.of(bytes)
        .<Split>mapToObj(
            length -> new Split.Parquet("f", 4, Math.max(1, length), 1L << 40, null, Map.of()))
        .toList();
  }

  /// Of one producer the bytes of its partitions; of several those of their only one.
  private static StageOutput output(long... bytes) {
    List<PartialInput> partials = new ArrayList<>();
    if (bytes.length == 4) {
      partials.add(partial(bytes));
    } else {
      Arrays.stream(bytes).forEach(one -> partials.add(partial(one)));
    }
    return new StageOutput(JoinPlans.HASH, partials);
  }

  private static PartialInput partial(long... bytes) {
    var ranges = Arrays.stream(bytes).mapToObj(n -> new PartialManifest.Range(0, n, n)).toList();
    return new PartialInput.Stored(new PartialManifest("p", "1", 1L << 40, ranges));
  }
}
