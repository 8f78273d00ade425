package io.frazil.session.stage;

import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.Split;
import io.frazil.session.stage.TaskShare.Partitions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Divides a stage into tasks: by its splits where it scans, by partitions where its input is
/// hashed; a stage that reads gathered rows is one task.
final class TaskShares {
  private TaskShares() {}

  /// @param splits of the stage's own scans, by scan node
  /// @param inputs what the stages gave that it reads
  /// @param taskBytesMin how much of that is worth a task
  static List<TaskShare> of(
      Map<Integer, List<Split>> splits,
      Collection<StageOutput> inputs,
      TaskPacker packer,
      long taskBytesMin) {
    if (inputs.stream().anyMatch(i -> i.distribution() instanceof Distribution.Gather)) {
      return List.of(new TaskShare(0, Partitions.NONE, splits));
    }
    var shares = new ArrayList<TaskShare>();
    int partitions = partitions(inputs);
    if (partitions > 0) {
      // Splits of a stage that is hashed belong to no partition: all go to one task.
      for (Partitions group : PartitionGroups.of(bytes(inputs, partitions), taskBytesMin)) {
        int task = shares.size();
        shares.add(new TaskShare(task, group, task == 0 ? splits : Map.of()));
      }
      return shares;
    }
    if (splits.isEmpty()) {
      return List.of(new TaskShare(0, Partitions.NONE, Map.of()));
    }
    packer
        .pack(splits)
        .forEach(share -> shares.add(new TaskShare(shares.size(), Partitions.NONE, share)));
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
