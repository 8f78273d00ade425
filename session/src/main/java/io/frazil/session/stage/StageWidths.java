package io.frazil.session.stage;

import io.frazil.engine.plan.Stage;
import io.frazil.session.journal.StagePlan;
import io.frazil.session.scan.ScanInputs;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// In how many tasks stages run.
public final class StageWidths {
  private StageWidths() {}

  /// As planned: a stage may turn out otherwise once the results of those before it are there.
  ///
  /// @param stages all of the query's
  /// @param workers how many tasks run at a time; 0 where all runs as one
  public static int tasks(Stage stage, List<Stage> stages, ScanInputs scans, int workers) {
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
                TaskPacker.forWorkers(workers, StagePlan.TASK_BYTES_MIN),
                0)
            .size();
  }
}
