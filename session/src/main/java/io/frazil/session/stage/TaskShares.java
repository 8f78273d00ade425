package io.frazil.session.stage;

import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.Split;
import io.frazil.session.stage.TaskShare.Partitions;
import io.frazil.session.stage.TaskShare.Producers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;

/// Divides a stage into tasks: by its splits where it scans, by partitions where its input is
/// hashed, where one of them may go to several tasks if it is much larger than the others; a stage
/// that does both, beside each other in a union, has tasks of both kinds; one that reads gathered
/// rows is one task.
final class TaskShares {
  private TaskShares() {}

  /// @param splits of the stage's own scans, by scan node
  /// @param inputs what the stages gave that it reads, by their numbers
  /// @param join the one for which they are hashed, where that is all that they are hashed for
  /// @param taskBytesMin how much of that is worth a task
  static List<TaskShare> of(
      Map<Integer, List<Split>> splits,
      Map<Integer, StageOutput> inputs,
      Optional<PartitionedJoin> join,
      TaskPacker packer,
      long taskBytesMin) {
    if (inputs.values().stream().anyMatch(i -> i.distribution() instanceof Distribution.Gather)) {
      return List.of(new TaskShare(0, Partitions.NONE, splits));
    }
    var shares = new ArrayList<TaskShare>();
    int partitions = partitions(inputs.values());
    if (partitions > 0) {
      shares.addAll(hashed(inputs, join, partitions, taskBytesMin));
    }
    if (splits.values().stream().anyMatch(scanned -> !scanned.isEmpty())) {
      packer
          .pack(splits)
          .forEach(share -> shares.add(new TaskShare(shares.size(), Partitions.NONE, share)));
    }
    return shares.isEmpty() ? List.of(new TaskShare(0, Partitions.NONE, splits)) : shares;
  }

  private static List<TaskShare> hashed(
      Map<Integer, StageOutput> inputs,
      Optional<PartitionedJoin> join,
      int partitions,
      long taskBytesMin) {
    long[] bytes = bytes(inputs.values(), partitions);
    long fair = Math.max(Math.max(1, taskBytesMin), LongStream.of(bytes).sum() / partitions);
    Optional<SkewedPartitions> skewed =
        join.map(both ->
            new SkewedPartitions(
                both,
                Objects.requireNonNull(inputs.get(both.left().stage())),
                Objects.requireNonNull(inputs.get(both.right().stage())),
                fair));
    var shares = new ArrayList<TaskShare>();
    for (Partitions group : PartitionGroups.of(bytes, taskBytesMin)) {
      List<Producers> several = skewed.map(divided -> divided.of(group)).orElse(List.of());
      if (several.isEmpty()) {
        shares.add(new TaskShare(shares.size(), group, Map.of()));
      }
      for (Producers some : several) {
        shares.add(new TaskShare(shares.size(), group, Optional.of(some), Map.of()));
      }
    }
    return shares;
  }

  private static long[] bytes(Collection<StageOutput> inputs, int partitions) {
    var bytes = new long[partitions];
    inputs.stream()
        .filter(input -> input.distribution() instanceof Distribution.Hash)
        .forEach(input -> input.addBytes(bytes));
    return bytes;
  }

  private static int partitions(Collection<StageOutput> inputs) {
    int[] counts =
        inputs.stream()
            .mapToInt(input ->
                switch (input.distribution()) {
                  case Distribution.Gather _, Distribution.Broadcast _ -> 0;
                  case Distribution.Hash(var _, int partitions) -> partitions;
                })
            .filter(count -> count > 0)
            .distinct()
            .toArray();
    if (counts.length > 1) {
      throw new IllegalStateException("a stage reads hashed inputs of different partitions");
    }
    return counts.length == 0 ? 0 : counts[0];
  }
}
