package io.frazil.session.stage;

import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.Split;
import io.frazil.engine.plan.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Divides a stage into tasks: by its splits where it scans, by partitions where its input is
/// hashed; a stage that reads gathered rows is one task.
final class TaskShares {
  private TaskShares() {}

  /// @param splits of the stage's own scans, by scan node
  /// @param stages all of the query's
  static List<TaskShare> of(
      Stage stage, Map<Integer, List<Split>> splits, List<Stage> stages, TaskPacker packer) {
    List<Distribution> inputs =
        stage.dependencies().stream().map(d -> stages.get(d).output()).toList();
    if (inputs.stream().anyMatch(Distribution.Gather.class::isInstance)) {
      return List.of(new TaskShare(0, 0, splits));
    }
    int partitions = partitions(stage, inputs);
    if (partitions > 0) {
      // Splits of a stage that is hashed belong to no partition: all go to one task.
      return IntStream.range(0, partitions)
          .mapToObj(p -> new TaskShare(p, p, p == 0 ? splits : Map.of()))
          .toList();
    }
    if (splits.isEmpty()) {
      return List.of(new TaskShare(0, 0, Map.of()));
    }
    var shares = new ArrayList<TaskShare>();
    packer.pack(splits).forEach(share -> shares.add(new TaskShare(shares.size(), 0, share)));
    return shares;
  }

  private static int partitions(Stage stage, List<Distribution> inputs) {
    int[] counts =
        inputs.stream()
            .mapToInt(d ->
                switch (d) {
                  case Distribution.Gather _, Distribution.Broadcast _ -> 0;
                  case Distribution.Hash(var _, int partitions) -> partitions;
                })
            .filter(count -> count > 0)
            .distinct()
            .toArray();
    if (counts.length > 1) {
      throw new IllegalStateException(
          "stage %d reads hashed inputs of different partitions".formatted(stage.number()));
    }
    return counts.length == 0 ? 0 : counts[0];
  }
}
