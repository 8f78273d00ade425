package io.frazil.session;

import io.frazil.engine.arrow.PartialWriter.Compression;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.fragment.Fragment;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.Stage;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.task.Cancellation;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.task.TaskMetrics;
import io.frazil.engine.vector.BatchReader;
import io.frazil.session.attempt.RetryPolicy;
import io.frazil.session.cost.Dollars;
import io.frazil.session.cost.Estimate;
import io.frazil.session.cost.Rates;
import io.frazil.session.cost.Spending;
import io.frazil.session.dispatch.Dispatcher;
import io.frazil.session.estimate.Prediction;
import io.frazil.session.estimate.Prediction.Machine;
import io.frazil.session.scan.ScanInputs;
import io.frazil.session.stage.StageCutter;
import io.frazil.session.stage.StageEnvironment;
import io.frazil.session.stage.StageTitle;
import io.frazil.session.stage.StagedExecution;
import io.frazil.session.statistics.QueryTally;
import io.frazil.session.statistics.StageTally;
import io.frazil.sql.PlannedQuery;
import io.frazil.sql.distribute.Distribute;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Starts planned queries, each with memory, metrics and a word to stop of its own.
///
/// @param memory of all queries that run here
/// @param workers how many fragments run at a time on workers; 0 runs everything here
/// @param largeWorkers for tasks that workers are too small for
/// @param root the location under which `queries/<id>/` lies, asked for by the first that needs it
/// @param workerFunctions those that workers have
/// @param rates what functions cost
/// @param budget of each query, in dollars; null for none
record QueryStarter(
    ObjectStore store,
    int threads,
    MemoryPool memory,
    int workers,
    Fragment.Limits workerLimits,
    Dispatcher dispatcher,
    Optional<Dispatcher> largeWorkers,
    RetryPolicy retries,
    Supplier<String> root,
    FunctionRegistry workerFunctions,
    Rates rates,
    @Nullable BigDecimal budget) {
  /// @param epoch how many times the query was begun, from 1
  /// @param tally counts since the statement came in
  /// @param functions those that the query was planned with
  RunningQuery start(
      String id, int epoch, PlannedQuery planned, QueryTally tally, FunctionRegistry functions) {
    List<Stage> stages = stages(planned);
    ScanInputs scans = ScanInputs.plan(planned.root(), planned.tables());
    Estimate estimate = prediction().of(stages, scans, planned.estimates());
    requireWithinBudget(estimate);
    var spending = new Spending(rates, budget, tally.startNanos());
    estimate.stages().forEach(s -> spending.predict(s.number(), s.dollars().low() / s.tasks()));
    List<StageTally> tallies =
        stages.stream().map(stage -> tally(stage, stages, scans, spending)).toList();
    planned(tally, tallies, spending);
    var cancellation = new Cancellation();
    var here =
        new TaskContext(
            store.counting(spending.coordinatorRequests()),
            memory.within(memory.limit()),
            functions,
            cancellation,
            new TaskMetrics(),
            threads);
    var environment =
        new StageEnvironment(
            id,
            stages.size() == 1 ? "" : QueryId.folder(root.get(), id),
            epoch,
            dispatcher,
            largeWorkers,
            workers,
            retries,
            workerLimits,
            Compression.NONE,
            workerFunctions,
            here);
    BatchReader result = StagedExecution.start(stages, scans, tallies, environment);
    return new RunningQuery(
        id,
        planned.schema(),
        estimate,
        tally,
        cancellation,
        budget == null ? result : new BudgetWatch(result, tally, budget, cancellation));
  }

  /// What a statement took that is no query.
  QueryTally counted(QueryTally tally) {
    if (!tally.isPlanned()) {
      planned(tally, List.of(), new Spending(rates, null, tally.startNanos()));
    }
    return tally;
  }

  private void planned(QueryTally tally, List<StageTally> stages, Spending spending) {
    if (machine().isImagined()) {
      tally.planned(stages);
    } else {
      tally.planned(stages, spending);
    }
  }

  /// What a query is predicted to take.
  Estimate estimate(PlannedQuery planned) {
    return prediction()
        .of(
            stages(planned),
            ScanInputs.plan(planned.root(), planned.tables()),
            planned.estimates());
  }

  private Prediction prediction() {
    return new Prediction(machine());
  }

  private Machine machine() {
    return new Machine(rates, workers, threads);
  }

  private void requireWithinBudget(Estimate estimate) {
    if (budget != null && estimate.dollars().low() > budget.doubleValue()) {
      throw new FrazilException(
          ErrorCode.BUDGET_EXCEEDED,
          "The query is predicted to cost %s, above its budget of %s: nothing was run"
              .formatted(Dollars.text(estimate.dollars()), Dollars.text(budget)));
    }
  }

  /// The stages that a query runs in: all of it in one, unless there are workers.
  List<Stage> stages(PlannedQuery query) {
    return workers == 0
        ? List.of(new Stage(0, query.root(), new Distribution.Gather(), List.of()))
        : StageCutter.cut(Distribute.over(query.root(), workers, query.estimates()));
  }

  private static StageTally tally(
      Stage stage, List<Stage> stages, ScanInputs scans, Spending spending) {
    return new StageTally(
        stage.number(),
        StageTitle.of(stage, stages),
        stage.plan().id(),
        scans.scansOf(stage.plan()),
        spending);
  }
}
