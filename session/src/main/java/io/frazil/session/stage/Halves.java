package io.frazil.session.stage;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.PlanJson;
import io.frazil.engine.plan.Split;
import io.frazil.events.FragmentResponse;
import io.frazil.json.JsonText;
import io.frazil.session.stage.TaskShare.Partitions;
import io.frazil.session.stage.TaskShare.Producers;
import io.frazil.sql.distribute.Distribute;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Divides a task that no worker has the memory, disk or time for in two, each of which may be
/// divided again:
///
/// ```
///   task 1 of 4   →   task 6, task 7      of a stage of 4 tasks, halves of task t
///   task 6        →   task 16, task 17    are 4 + 2t and 4 + 2t + 1
/// ```
///
/// A task is divided by committing an empty partial in its place, marked as such: from then on no
/// attempt at it can count, and every process that finds it knows that the halves do its work.
/// Where an attempt committed before, that one counts, and nothing is divided. So what a stage
/// gives follows from the partials that are there, whoever looks.
///
/// @param width how many tasks the stage was planned for
/// @param inputs what they read, by the number of the stage that gave it
/// @param join the one for which these are hashed, where that is all that they are hashed for
record Halves(int width, Map<Integer, StageOutput> inputs, Optional<PartitionedJoin> join) {
  /// The attempt that divides.
  static final String DIVIDED = "divided";

  /// In thirty-two parts at most.
  private static final int LEVELS_MAX = 5;

  /// A split of one file is cut where row groups begin, which have at least so much.
  private static final long SPLIT_BYTES_MIN = 8L << 20;

  private static final Set<ErrorCode> OUTGROWN =
      EnumSet.of(ErrorCode.MEMORY_LIMIT, ErrorCode.TIME_LIMIT, ErrorCode.DISK_FULL);

  /// Of a stage as it runs.
  static Halves of(StageShapes.Shape shape) {
    return new Halves(
        shape.shares().size(),
        shape.inputs(),
        PartitionedJoin.in(
            shape.stage().plan(),
            number -> {
              StageOutput input = shape.inputs().get(number);
              return input != null && input.isHashed();
            }));
  }

  /// Whether less to do would have helped.
  static boolean wouldHelp(FrazilException failure) {
    return OUTGROWN.contains(failure.code());
  }

  /// Whether what counts for a task is that it was divided.
  static boolean isDivided(FragmentResponse response) {
    JsonText partial = response.partial();
    return partial != null
        && partial.json().contains('"' + DIVIDED + '"')
        && PlanJson.read(partial, PartialManifest.class).attempt().equals(DIVIDED);
  }

  /// The two that do a task's work, the same each time; empty where it cannot be divided.
  List<TaskShare> of(TaskShare share) {
    if (level(share.task()) == LEVELS_MAX || readsGathered()) {
      return List.of();
    }
    Partitions partitions = share.partitions();
    if (share.producers().isPresent()) {
      return byProducers(share, halved(share.producers().get()));
    }
    if (partitions.to() - partitions.from() > 1) {
      int middle = middle(partitions);
      return List.of(
          part(share, 0, new Partitions(partitions.from(), middle), Optional.empty()),
          part(share, 1, new Partitions(middle, partitions.to()), Optional.empty()));
    }
    return partitions.to() > partitions.from()
        ? byProducers(share, joined(partitions))
        : bySplits(share);
  }

  /// Why a task is not divided that failed, and what to do about it; empty where it is to be.
  ///
  /// @param stage the number of the task's
  Optional<FrazilException> indivisible(FrazilException failure, int stage, TaskShare share) {
    Optional<String> reason =
        failure.code() == ErrorCode.MEMORY_LIMIT ? heldWhole(share) : Optional.empty();
    if (reason.isEmpty() && of(share).isEmpty()) {
      reason = Optional.of("with more workers its share is smaller, larger ones have more memory");
    }
    return reason.map(why ->
        new FrazilException(
            failure.code(),
            "%s; task %d of stage %d cannot be divided: %s"
                .formatted(failure.getMessage(), share.task(), stage, why),
            failure));
  }

  /// What fills the memory of each part of a task, however small its share is: what every task gets
  /// all of, where that is large and more than the share itself.
  private Optional<String> heldWhole(TaskShare share) {
    long whole = 0;
    Map.Entry<Integer, StageOutput> largest = null;
    for (Map.Entry<Integer, StageOutput> input : inputs.entrySet()) {
      if (input.getValue().distribution() instanceof Distribution.Broadcast) {
        whole += input.getValue().bytes();
        if (largest == null || largest.getValue().bytes() < input.getValue().bytes()) {
          largest = input;
        }
      }
    }
    return largest == null || whole <= Distribute.MAX_BROADCAST_BYTES || whole <= ownBytes(share)
        ? Optional.empty()
        : Optional.of(
            "each of its parts would hold all %d MiB that stage %d gave; larger workers have more"
                    .formatted(largest.getValue().bytes() >> 20, largest.getKey())
                + " memory");
  }

  /// How much there is, not compressed, that no other task reads.
  private long ownBytes(TaskShare share) {
    long scanned =
        share.splits().values().stream().flatMap(List::stream).mapToLong(Split::bytes).sum();
    long bytes = TaskPacker.COMPRESSION * scanned;
    for (Map.Entry<Integer, StageOutput> input : inputs.entrySet()) {
      if (input.getValue().isHashed()) {
        bytes += bytes(share.reads(input.getKey(), input.getValue()));
      }
    }
    return bytes;
  }

  private static long bytes(List<PartialManifest> partials) {
    return partials.stream()
        .flatMap(partial -> partial.partitions().stream())
        .mapToLong(PartialManifest.Range::length)
        .sum();
  }

  /// How often it was divided.
  private int level(int task) {
    int level = 0;
    for (int number = task; number >= width; number = (number - width) / 2) {
      level++;
    }
    return level;
  }

  private boolean readsGathered() {
    return inputs.values().stream().anyMatch(i -> i.distribution() instanceof Distribution.Gather);
  }

  /// Where about half of the bytes are before and half behind.
  private int middle(Partitions partitions) {
    long all = bytes(partitions);
    int middle = partitions.from() + 1;
    while (middle < partitions.to() - 1
        && 2 * bytes(new Partitions(partitions.from(), middle)) < all) {
      middle++;
    }
    return middle;
  }

  private long bytes(Partitions partitions) {
    long sum = 0;
    for (StageOutput input : inputs.values()) {
      for (long bytes : input.isHashed() ? input.bytesByProducer(partitions) : new long[0]) {
        sum += bytes;
      }
    }
    return sum;
  }

  private static List<Producers> halved(Producers some) {
    int middle = (some.from() + some.to()) >>> 1;
    return middle == some.from()
        ? List.of()
        : List.of(
            new Producers(some.stage(), some.from(), middle),
            new Producers(some.stage(), middle, some.to()));
  }

  private List<Producers> joined(Partitions partition) {
    return join.map(both ->
            new SkewedPartitions(
                    both,
                    Objects.requireNonNull(inputs.get(both.left().stage())),
                    Objects.requireNonNull(inputs.get(both.right().stage())),
                    Math.max(1, bytes(partition) / 2))
                .of(partition))
        .orElse(List.of());
  }

  private List<TaskShare> byProducers(TaskShare share, List<Producers> halves) {
    return halves.size() == 2
        ? List.of(
            part(share, 0, share.partitions(), Optional.of(halves.getFirst())),
            part(share, 1, share.partitions(), Optional.of(halves.getLast())))
        : List.of();
  }

  private TaskShare part(
      TaskShare whole, int half, Partitions partitions, Optional<Producers> producers) {
    return new TaskShare(number(whole, half), partitions, producers, Map.of());
  }

  private List<TaskShare> bySplits(TaskShare share) {
    List<Map<Integer, List<Split>>> halves = TaskPacker.halves(cut(share.splits()));
    return halves.size() == 2
        ? List.of(
            new TaskShare(number(share, 0), Partitions.NONE, halves.getFirst()),
            new TaskShare(number(share, 1), Partitions.NONE, halves.getLast()))
        : List.of();
  }

  /// A split that is all there is in two, if it may hold several row groups.
  private static Map<Integer, List<Split>> cut(Map<Integer, List<Split>> splits) {
    List<Map.Entry<Integer, List<Split>>> scans =
        splits.entrySet().stream().filter(scan -> !scan.getValue().isEmpty()).toList();
    if (scans.size() == 1
        && scans.getFirst().getValue().size() == 1
        && scans.getFirst().getValue().getFirst() instanceof Split.Parquet file
        && file.length() >= 2 * SPLIT_BYTES_MIN) {
      long half = file.length() / 2;
      return Map.of(
          scans.getFirst().getKey(),
          List.of(range(file, 0, half), range(file, half, file.length() - half)));
    }
    return splits;
  }

  private static Split range(Split.Parquet file, long offset, long length) {
    return new Split.Parquet(
        file.location(),
        file.start() + offset,
        length,
        file.fileSize(),
        file.version(),
        file.constants());
  }

  private int number(TaskShare share, int half) {
    return Math.addExact(width, Math.multiplyExact(2, share.task())) + half;
  }
}
