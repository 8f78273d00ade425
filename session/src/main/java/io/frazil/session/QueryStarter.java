package io.frazil.session;

import io.frazil.engine.arrow.PartialWriter.Compression;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.fragment.BuildId;
import io.frazil.engine.fragment.Fragment;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.Stage;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.task.Cancellation;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.task.TaskMetrics;
import io.frazil.events.FragmentResponse;
import io.frazil.events.Spent;
import io.frazil.session.attempt.RetryPolicy;
import io.frazil.session.cost.Estimate;
import io.frazil.session.cost.NextTask;
import io.frazil.session.cost.Place;
import io.frazil.session.cost.Rates;
import io.frazil.session.cost.Spending;
import io.frazil.session.cost.WorkflowUse.Children;
import io.frazil.session.dispatch.Dispatcher;
import io.frazil.session.dispatch.ErrorMessages;
import io.frazil.session.estimate.LongQueries;
import io.frazil.session.estimate.Machine;
import io.frazil.session.estimate.Prediction;
import io.frazil.session.estimate.QueriesRun;
import io.frazil.session.journal.NoJournal;
import io.frazil.session.journal.PlanFile;
import io.frazil.session.journal.StageJournal;
import io.frazil.session.journal.StageObjects;
import io.frazil.session.journal.StagePlan;
import io.frazil.session.journal.StoredJournal;
import io.frazil.session.journal.TaskAttempts;
import io.frazil.session.scan.ScanInputs;
import io.frazil.session.stage.FunctionCalls;
import io.frazil.session.stage.StageCutter;
import io.frazil.session.stage.StageEnvironment;
import io.frazil.session.stage.StageSteps;
import io.frazil.session.stage.StageTitle;
import io.frazil.session.stage.StagedExecution;
import io.frazil.session.statistics.QueryTally;
import io.frazil.session.statistics.StageTally;
import io.frazil.sql.PlannedQuery;
import io.frazil.sql.distribute.Distribute;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
/// @param limits of each query
/// @param spentBefore on the query, by others
/// @param keepAfter how long a query runs before it is kept for other processes; null for never
/// @param taskBytesMin how much, not compressed, is worth a task of its own, in bytes
/// @param longQueries those that a state machine goes on with
/// @param stops gives the word to stop of the next query
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
    StatementLimits limits,
    Spent spentBefore,
    @Nullable Duration keepAfter,
    long taskBytesMin,
    Optional<LongQueries> longQueries,
    Supplier<Cancellation> stops) {
  /// How often a task is begun, on each kind of worker, of a query with a budget: as often as the
  /// state machine would try again by itself.
  private static final int ATTEMPTS_MAX = 4;

  /// Starts a query.
  ///
  /// @param epoch how many times the query was begun, from 1
  /// @param tally counts since the statement came in
  /// @param functions those that the query was planned with
  RunningQuery start(
      String id, int epoch, PlannedQuery planned, QueryTally tally, FunctionRegistry functions) {
    Spending spending = anew(tally);
    StagePlan plan = plan(planned, spending);
    StageObjects objects = objects(plan, id, epoch);
    return start(id, plan, objects, new NoJournal(objects), tally, functions, spending);
  }

  /// The same, of a query that another process may go on with: as soon as it has run for the time
  /// that the session says, it is kept.
  RunningQuery startKept(
      String id, int epoch, PlannedQuery planned, QueryTally tally, FunctionRegistry functions) {
    Spending spending = anew(tally);
    StagePlan plan = plan(planned, spending);
    StageObjects objects = objects(plan, id, epoch);
    StageJournal journal =
        keepAfter == null || !isStorable(plan, functions)
            ? new NoJournal(objects)
            : StoredJournal.begin(objects, plan, fingerprint(), keepAfter);
    return start(id, plan, objects, journal, tally, functions, spending);
  }

  /// Goes on with a query that an earlier process kept.
  ///
  /// @param epoch of this process: earlier ones may have left a plan
  /// @return empty where none did that this process can go on with
  Optional<RunningQuery> resume(
      String id, int epoch, QueryTally tally, FunctionRegistry functions) {
    return kept(id, epoch).map(kept -> resume(id, kept, tally, functions, goneOnWith(tally)));
  }

  /// A step of a query that an earlier process kept; likewise.
  Optional<QueryStep> step(
      String id, int epoch, Children children, QueryTally tally, FunctionRegistry functions) {
    return kept(id, epoch)
        .map(kept -> step(id, kept, children, tally, functions, goneOnWith(tally)));
  }

  /// The first step of a query, which is kept at once; all of it, where it cannot be.
  QueryStep firstStep(
      String id,
      int epoch,
      Children children,
      PlannedQuery planned,
      QueryTally tally,
      FunctionRegistry functions) {
    Spending spending = anew(tally);
    StagePlan plan = plan(planned, spending);
    StageObjects objects = objects(plan, id, epoch);
    if (isStorable(plan, functions)) {
      var journal = StoredJournal.begin(objects, plan, fingerprint(), Duration.ZERO);
      if (journal.handOver()) {
        return step(id, new Kept(objects, plan), children, tally, functions, spending);
      }
      if (journal.isKept()) {
        throw new FrazilException(
            ErrorCode.STORE_UNAVAILABLE, "The query's plan cannot be stored now");
      }
    }
    return new QueryStep.Rest(
        start(id, plan, objects, new NoJournal(objects), tally, functions, spending));
  }

  /// What a query took whose tasks somebody else ran, and with which nobody goes on.
  QueryAccount account(
      String id, int epoch, Children children, QueryTally tally, FunctionRegistry functions) {
    Optional<Kept> kept = kept(id, epoch);
    Spending spending = kept.isPresent() ? goneOnWith(tally) : anew(tally);
    kept.ifPresentOrElse(
        left -> count(id, left, tally, functions, spending),
        () -> planned(tally, List.of(), spending));
    spending.add(spending.workflow(children));
    return account(kept.map(left -> left.plan.estimate()).orElse(Estimate.NONE), tally);
  }

  private static QueryAccount account(Estimate estimate, QueryTally tally) {
    return new QueryAccount(tally.statistics(), estimate, tally.ledger());
  }

  /// Counts what tasks took, of which no more run at a time than there are workers.
  private void count(
      String id, Kept kept, QueryTally tally, FunctionRegistry functions, Spending spending) {
    List<StageTally> tallies = tallies(kept.plan, spending);
    planned(tally, tallies, spending);
    StageJournal journal = StoredJournal.resume(kept.objects, kept.plan);
    // Nothing is written any more.
    journal.end();
    TaskContext here = context(functions, new Cancellation(), spending);
    StageEnvironment environment = environment(id, kept.objects, journal, here, spending);
    var untold = new TreeMap<Integer, Integer>();
    StageSteps.untold(kept.plan, tallies, environment)
        .forEach(task -> untold.merge(task.stage(), 1, Integer::sum));
    int room = kept.plan.workers();
    for (Map.Entry<Integer, Integer> stage : untold.entrySet()) {
      List<FragmentResponse> told = journal.stopped(stage.getKey());
      int running = Math.clamp(stage.getValue() - told.size(), 0, room);
      tallies.get(stage.getKey()).stopped(told, running);
      room -= running;
    }
  }

  /// What an earlier process left.
  private record Kept(StageObjects objects, StagePlan plan) {}

  private Optional<Kept> kept(String id, int epoch) {
    // The last plan is that of the last who began the query anew.
    for (int earlier = epoch - 1; earlier > 0; earlier--) {
      var objects = new StageObjects(store, QueryId.folder(root.get(), id), earlier);
      Optional<StagePlan> plan = PlanFile.read(objects, fingerprint());
      if (plan.isPresent()) {
        return Optional.of(new Kept(objects.ownedAt(epoch), plan.get()));
      }
    }
    return Optional.empty();
  }

  private RunningQuery resume(
      String id, Kept kept, QueryTally tally, FunctionRegistry functions, Spending spending) {
    StageJournal journal = StoredJournal.resume(kept.objects, kept.plan);
    return start(id, kept.plan, kept.objects, journal, tally, functions, spending);
  }

  private QueryStep step(
      String id,
      Kept kept,
      Children children,
      QueryTally tally,
      FunctionRegistry functions,
      Spending spending) {
    List<StageTally> tallies = tallies(kept.plan, spending);
    planned(tally, tallies, spending);
    StageJournal journal = StoredJournal.resume(kept.objects, kept.plan);
    TaskContext here = context(functions, stops.get(), spending);
    StageObjects objects = kept.objects.ownedByNobody();
    StageEnvironment environment = environment(id, objects, journal, here, spending);
    List<StageSteps.Task> ready = StageSteps.next(kept.plan, tallies, environment);
    spending.add(spending.workflow(children));
    List<StageSteps.Task> tasks;
    try {
      tasks = limits.budget() == null ? ready : ready.stream().map(QueryStarter::once).toList();
      List<NextTask> next =
          tasks.stream().map(task -> new NextTask(task.stage(), place(task))).toList();
      tasks = tasks.subList(0, spending.fitting(next, children, kept.plan.workers()));
    } catch (FrazilException e) {
      return new QueryStep.Failed(e, account(kept.plan.estimate(), tally));
    }
    if (tasks.isEmpty()) {
      return new QueryStep.Rest(resume(id, kept, tally, functions, spending));
    }
    return new QueryStep.Tasks(
        objects, tasks, kept.plan.workers(), tally.progress(), tally.spent());
  }

  /// A task of a query with a budget: each new attempt waits for a look at what was spent.
  ///
  /// @throws FrazilException of its last attempt, where it was tried often enough
  private static StageSteps.Task once(StageSteps.Task task) {
    TaskAttempts before = task.before();
    if (Math.max(before.begun(), before.begunLarge()) >= ATTEMPTS_MAX) {
      throw before
          .lastError()
          .map(ErrorMessages::decode)
          .orElseGet(() ->
              new FrazilException(
                  ErrorCode.WORKER_DIED,
                  "Task %d of stage %d ended each of the %d workers that it was given to"
                      .formatted(task.task(), task.stage(), before.begun() + before.begunLarge())));
    }
    return task.once();
  }

  private static Place place(StageSteps.Task task) {
    return switch (task.retry()) {
      case AT_ONCE, NEXT_STEP -> Place.WORKER;
      case NEXT_STEP_LARGE -> Place.LARGE_WORKER;
    };
  }

  private RunningQuery start(
      String id,
      StagePlan plan,
      StageObjects objects,
      StageJournal journal,
      QueryTally tally,
      FunctionRegistry functions,
      Spending spending) {
    List<StageTally> tallies = tallies(plan, spending);
    planned(tally, tallies, spending);
    QueriesRun.add();
    Cancellation cancellation = stops.get();
    TaskContext here = context(functions, cancellation, spending);
    StagedExecution execution =
        new StagedExecution(plan, tallies, environment(id, objects, journal, here, spending));
    return new RunningQuery(
        id,
        plan.schema(),
        plan.estimate(),
        tally,
        cancellation,
        execution,
        limits.isNone() ? execution : new LimitsWatch(execution, tally, limits, cancellation));
  }

  private StagePlan plan(PlannedQuery planned, Spending spending) {
    Cancellation stop = stops.get();
    stop.check();
    List<Stage> stages = stages(planned);
    ScanInputs scans = ScanInputs.plan(planned.root(), planned.tables());
    Estimate estimate = prediction().of(stages, scans, planned.estimates());
    stop.check();
    spending.requireRoomFor(estimate);
    return new StagePlan(planned.schema(), stages, scans, workers, taskBytesMin, estimate);
  }

  private StageObjects objects(StagePlan plan, String id, int epoch) {
    String folder = plan.stages().size() == 1 ? "" : QueryId.folder(root.get(), id);
    return new StageObjects(store, folder, epoch);
  }

  private StageEnvironment environment(
      String id, StageObjects objects, StageJournal journal, TaskContext here, Spending spending) {
    return new StageEnvironment(
        id,
        objects,
        journal,
        dispatcher.charging(spending::led),
        largeWorkers.map(large -> large.charging(spending::led)),
        workers,
        retries,
        workerLimits,
        Compression.NONE,
        workerFunctions,
        here);
  }

  private TaskContext context(
      FunctionRegistry functions, Cancellation cancellation, Spending spending) {
    return new TaskContext(
        store.counting(spending.coordinatorRequests()),
        memory.within(memory.limit()),
        functions,
        cancellation,
        new TaskMetrics(),
        threads);
  }

  private String fingerprint() {
    return BuildId.fingerprint(workerFunctions);
  }

  /// Whether a plan means the same to every process of this build.
  private boolean isStorable(StagePlan plan, FunctionRegistry functions) {
    return plan.stages().size() > 1
        && !plan.isLocal()
        && plan.stages().stream()
            .allMatch(
                stage -> FunctionCalls.sameOnWorkers(stage.plan(), functions, workerFunctions));
  }

  /// What a statement took that is no query.
  QueryTally counted(QueryTally tally) {
    if (!tally.isPlanned()) {
      planned(tally, List.of(), anew(tally));
    }
    return tally;
  }

  /// What a query is paid by that goes on from nothing.
  private Spending anew(QueryTally tally) {
    return new Spending(rates, limits.budget(), tally.startNanos()).anewAfter(spentBefore);
  }

  /// What a query is paid by that another process kept.
  private Spending goneOnWith(QueryTally tally) {
    return new Spending(rates, limits.budget(), tally.startNanos()).goingOnAfter(spentBefore);
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
    return new Machine(
        rates,
        workers,
        threads,
        Runtime.getRuntime().availableProcessors(),
        taskBytesMin,
        longQueries,
        spentBefore.httpRequests(),
        QueriesRun.count());
  }

  /// The stages that a query runs in: all of it in one, unless there are workers.
  List<Stage> stages(PlannedQuery query) {
    return workers == 0
        ? List.of(new Stage(0, query.root(), new Distribution.Gather(), List.of()))
        : StageCutter.cut(Distribute.over(query.root(), workers, query.estimates()));
  }

  private static List<StageTally> tallies(StagePlan plan, Spending spending) {
    plan.estimate()
        .stages()
        .forEach(stage -> spending.predict(stage.number(), stage.dollars().low() / stage.tasks()));
    return plan.stages().stream()
        .map(stage ->
            new StageTally(
                stage.number(),
                StageTitle.of(stage, plan.stages()),
                stage.plan().id(),
                plan.scans().scansOf(stage.plan()),
                spending))
        .toList();
  }
}
