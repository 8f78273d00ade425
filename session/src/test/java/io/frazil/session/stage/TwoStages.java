package io.frazil.session.stage;

import io.frazil.engine.arrow.PartialWriter.Compression;
import io.frazil.engine.fragment.Fragment;
import io.frazil.engine.function.BuiltInFunctions;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.Split;
import io.frazil.engine.plan.Stage;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.task.Cancellation;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.task.TaskMetrics;
import io.frazil.session.attempt.RetryPolicy;
import io.frazil.session.cost.Estimate;
import io.frazil.session.cost.Spending;
import io.frazil.session.dispatch.Dispatcher;
import io.frazil.session.journal.StageJournal;
import io.frazil.session.journal.StageObjects;
import io.frazil.session.journal.StagePlan;
import io.frazil.session.scan.ScanInputs;
import io.frazil.session.statistics.StageTally;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A query of two stages: a table's rows, filtered and divided by `k`, are gathered.
final class TwoStages {
  private TwoStages() {}

  /// @param splits of the table
  static StagePlan plan(List<Split> splits, int workers, long taskBytesMin) {
    var scan = JoinPlans.filtered(2, JoinPlans.scan(1));
    List<Stage> stages =
        List.of(
            new Stage(0, scan, JoinPlans.HASH, List.of()),
            new Stage(1, JoinPlans.input(3, 0), new Distribution.Gather(), List.of(0)));
    return new StagePlan(
        scan.schema(),
        stages,
        new ScanInputs(Map.of(1, splits), Map.of(), Map.of()),
        workers,
        taskBytesMin,
        Estimate.NONE);
  }

  static List<StageTally> tallies(StagePlan plan, Spending spending) {
    return plan.stages().stream()
        .map(
            stage -> new StageTally(stage.number(), "test", stage.plan().id(), List.of(), spending))
        .toList();
  }

  static StageEnvironment environment(
      StageObjects objects,
      StageJournal journal,
      Dispatcher dispatcher,
      int workers,
      RetryPolicy retries) {
    return environment(objects, journal, dispatcher, workers, retries, new MemoryPool(256 << 20));
  }

  /// @param memory of the process that runs the query
  static StageEnvironment environment(
      StageObjects objects,
      StageJournal journal,
      Dispatcher dispatcher,
      int workers,
      RetryPolicy retries,
      MemoryPool memory) {
    var here =
        new TaskContext(
            new LocalObjectStore(),
            memory,
            BuiltInFunctions.registry(),
            new Cancellation(),
            new TaskMetrics(),
            1);
    return new StageEnvironment(
        "q",
        objects,
        journal,
        dispatcher,
        Optional.empty(),
        workers,
        retries,
        Fragment.Limits.NONE,
        Compression.NONE,
        BuiltInFunctions.registry(),
        here);
  }
}
