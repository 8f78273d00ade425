package io.frazil.session.stage;

import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.Stage;
import io.frazil.session.scan.ScanInputs;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// In how many tasks stages run.
public final class StageWidths {
  private StageWidths() {}

  /// As planned: at most so many, as partitions share a task that turn out small.
  ///
  /// @param stages all of the query's
  /// @param workers how many tasks run at a time; 0 where all runs as one
  /// @param taskBytesMin how much, not compressed, is worth a task of its own, in bytes
  public static int tasks(
      Stage stage, List<Stage> stages, ScanInputs scans, int workers, long taskBytesMin) {
    return workers == 0 || stage == stages.getLast()
        ? 1
        : TaskShares.of(
                scans.splitsOf(stage.plan()),
                stage.dependencies().stream()
                    .collect(
                        Collectors.toMap(
                            Function.identity(),
                            d -> new StageOutput(stages.get(d).output(), List.of()))),
                Optional.empty(),
                TaskPacker.forWorkers(workers, taskBytesMin, SplitWeights.of(scans)),
                0)
            .size();
  }

  /// Whether the tasks of a stage depend on how much its hashed inputs come to.
  public static boolean isHashed(Stage stage, List<Stage> stages) {
    return stage.dependencies().stream()
        .anyMatch(d ->
            switch (stages.get(d).output()) {
              case Distribution.Hash _ -> true;
              case Distribution.Gather _, Distribution.Broadcast _ -> false;
            });
  }
}
