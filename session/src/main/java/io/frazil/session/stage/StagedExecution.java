package io.frazil.session.stage;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.exec.TaskExecution;
import io.frazil.engine.exec.TaskInputs;
import io.frazil.engine.fragment.PartialInput;
import io.frazil.engine.fragment.PartialSource;
import io.frazil.engine.plan.Stage;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.engine.task.Cancellation;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.events.FragmentResponse;
import io.frazil.session.attempt.TaskRunner;
import io.frazil.session.journal.StageJournal;
import io.frazil.session.journal.StagePlan;
import io.frazil.session.scan.ScanInputs;
import io.frazil.session.statistics.Counters;
import io.frazil.session.statistics.StageTally;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One query running in stages: all but the last as tasks on workers, each stage as soon as those
/// are done that it reads from; the last one here, its rows being the result. A query of one stage
/// runs here alone. Nothing runs before the first batch is asked for: until then it can be left to
/// another process for nothing.
///
/// What the query's journal has of stages that an earlier process ran is not run again. The first
/// failure stops everything. Closing waits for all that runs.
public final class StagedExecution implements BatchReader {
  private static final String CANCELLED = "{\"state\": \"cancelled\"}";

  private final StagePlan plan;
  private final List<Stage> stages;
  private final ScanInputs scans;
  private final StageShapes shapes;
  private final StageJournal journal;
  private final List<StageTally> tallies;
  private final StageEnvironment environment;
  private final Cancellation cancellation;
  private final TaskRunner runner;
  private final InlinePartials inlinePartials;
  private final Map<Integer, CompletableFuture<StageOutput>> outputs = new ConcurrentHashMap<>();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private final CompletableFuture<Boolean> stopped = new CompletableFuture<>();
  private @Nullable BatchReader result;
  private boolean begun;
  private boolean ended;
  private boolean closed;
  private volatile boolean handedOver;

  /// @param tallies one for each stage
  public StagedExecution(StagePlan plan, List<StageTally> tallies, StageEnvironment environment) {
    this.plan = plan;
    this.stages = plan.stages();
    this.scans = plan.scans();
    this.shapes = new StageShapes(plan);
    this.journal = environment.journal();
    this.tallies = List.copyOf(tallies);
    this.environment = environment;
    this.cancellation = environment.here().cancellation();
    this.inlinePartials = new InlinePartials(environment.here().memory());
    this.runner =
        new TaskRunner(
            environment.workers(), environment.sizes(), environment.retries(), cancellation);
    var _ = cancellation.onStop(() -> stopped.complete(true));
  }

  private void begin() {
    begun = true;
    for (int number : shapes.relevant(stage -> journal.closed(stage).isPresent())) {
      if (number < stages.size() - 1) {
        outputs.put(number, begin(number, () -> run(number)));
      }
    }
  }

  /// Whether another process can go on with the query.
  public boolean isKept() {
    return journal.isKept();
  }

  /// Leaves what another process needs to go on.
  ///
  /// @return whether all of that is there
  public boolean keep() {
    return stages.size() > 1 && journal.handOver();
  }

  /// Stops the query here, as another process goes on with it: workers are not told to stop, unless
  /// it begins anew, where what they do counts for nobody.
  ///
  /// @return whether all is left that another process needs to go on
  public boolean handOver() {
    handedOver = keep();
    cancellation.stop(
        new FrazilException(ErrorCode.ATTEMPT_LOST, "Another process goes on with the query"));
    return handedOver;
  }

  /// The same where the other process has gone on already, with what it found: what was not left
  /// for it by then isn't any more, as a third would take it for what the other left.
  public void leave() {
    journal.seal();
    boolean _ = handOver();
  }

  @Override
  public @Nullable Batch next() {
    if (ended) {
      return null;
    }
    cancellation.check();
    if (!begun) {
      begin();
    }
    if (result == null) {
      result = startLast();
    }
    Batch batch = nextOfLast(result);
    if (batch == null) {
      ended = true;
      endLast();
    }
    return batch;
  }

  /// Whatever its tasks were, the last stage is one that nobody divides.
  private @Nullable Batch nextOfLast(BatchReader rows) {
    try {
      return rows.next();
    } catch (FrazilException e) {
      if (e.code() != ErrorCode.MEMORY_LIMIT || stages.size() == 1) {
        throw e;
      }
      throw new FrazilException(
          e.code(),
          e.getMessage()
              + "; the last stage runs in the coordinator alone: give it more memory, or ask for"
              + " fewer rows",
          e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (!ended) {
      cancellation.cancel();
    }
    try (BatchReader _ = result) {
      if (hasWorkers() && !handedOver && (cancellation.isStopped() || runner.hasLateTwins())) {
        tellWorkers();
      }
    } finally {
      executor.close();
      inlinePartials.close();
      if (stages.size() > 1) {
        removeObjects();
      }
    }
  }

  private boolean hasWorkers() {
    return begun && stages.size() > 1;
  }

  private void removeObjects() {
    journal.end();
    if (begun && !handedOver && !runner.hasLateTwins()) {
      environment.here().store().delete(environment.objects().control());
    }
  }

  private StageOutput run(int number) {
    List<FragmentResponse> closed = journal.closed(number).orElse(null);
    if (closed != null) {
      return restored(stages.get(number), closed);
    }
    Map<Integer, FragmentResponse> left = journal.left(number);
    StageShapes.Shape shape = shapes.shape(number, await(shapes.awaits(number)));
    StageTasks tasks = tasks(shape.stage(), shape.shares().size());
    StageTally tally = tallies.get(number);
    tally.begin(shape.shares().size());
    tally.predict(shape.taskDollars(plan));
    shape.longest(plan).ifPresent(longest -> runner.predict(number, longest));
    tally.found(left.values());
    tally.foundFailed(StageSteps.failed(journal.attempts(number), left));
    var run = new StageRun(tasks, Halves.of(shape), shape.inputs(), left, tally);
    List<CompletableFuture<List<Won>>> running = new ArrayList<>();
    for (TaskShare share : shape.shares()) {
      running.add(begin(number, () -> done(number, share, run)));
    }
    List<Won> won =
        running.stream()
            .flatMap(task -> join(task).stream())
            .sorted(Comparator.comparingInt(task -> task.response().task()))
            .toList();
    journal.close(number, won.stream().map(Won::response).toList());
    return new StageOutput(shape.stage().output(), won.stream().map(Won::partial).toList());
  }

  /// A stage whose tasks run.
  ///
  /// @param left of earlier processes, by task
  private record StageRun(
      StageTasks tasks,
      Halves halves,
      Map<Integer, StageOutput> inputs,
      Map<Integer, FragmentResponse> left,
      StageTally tally) {}

  /// What counts for a task: one response, or that it was divided and what counts for its halves.
  private List<Won> done(int stage, TaskShare share, StageRun run) {
    FragmentResponse known = run.left.get(share.task());
    Won won =
        known == null
            ? Won.by(attempted(stage, share, run), run.tasks)
            : new Won(known, run.tasks.accept(known));
    if (!Halves.isDivided(won.response)) {
      return List.of(won);
    }
    List<TaskShare> halves = run.halves.of(share);
    run.tally.divided(halves.size());
    List<CompletableFuture<List<Won>>> running =
        halves.stream().map(half -> begin(stage, () -> done(stage, half, run))).toList();
    var all = new ArrayList<Won>();
    all.add(won);
    running.forEach(half -> all.addAll(join(half)));
    return all;
  }

  private FragmentResponse attempted(int stage, TaskShare share, StageRun run) {
    try {
      return run.tasks.run(share, run.inputs, runner);
    } catch (FrazilException e) {
      if (cancellation.isStopped() || !Halves.wouldHelp(e)) {
        throw e;
      }
      Optional<FrazilException> indivisible = run.halves.indivisible(e, stage, share);
      if (indivisible.isPresent()) {
        throw indivisible.get();
      }
      return run.tasks.divide(share);
    }
  }

  /// The attempt at a task that counts.
  private record Won(FragmentResponse response, PartialInput partial) {
    static Won by(FragmentResponse response, StageTasks tasks) {
      return new Won(response, tasks.accept(response));
    }
  }

  /// What a stage gave that an earlier process closed.
  private StageOutput restored(Stage stage, List<FragmentResponse> winners) {
    StageTally tally = tallies.get(stage.number());
    tally.begin(winners.size());
    tally.found(winners);
    tally.foundFailed(
        StageSteps.failed(journal.attempts(stage.number()), StageSteps.byTask(winners)));
    StageTasks tasks = tasks(stage, winners.size());
    List<PartialInput> partials = new ArrayList<>();
    winners.forEach(winner -> partials.add(tasks.accept(winner)));
    return new StageOutput(stage.output(), partials);
  }

  private StageTasks tasks(Stage stage, int tasks) {
    long inline = readByLastAlone(stages, stage.number()) ? inlinePartials.bytesMax(tasks) : 0;
    return new StageTasks(
        environment, stage, scans, tallies.get(stage.number()), tasks, inline, executor);
  }

  /// Runs a part of a stage by a thread of its own; its failure stops the query at once.
  private <T> CompletableFuture<T> begin(int stage, Supplier<T> part) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return part.get();
          } catch (RuntimeException | Error e) {
            FrazilException failure =
                e instanceof FrazilException known
                    ? known
                    : new FrazilException(
                        ErrorCode.INTERNAL, "Internal error in stage " + stage + ": " + e, e);
            cancellation.stop(failure);
            throw failure;
          }
        },
        executor);
  }

  /// What some stages gave; fails as they do.
  private Map<Integer, StageOutput> await(List<Integer> stages) {
    var inputs = new TreeMap<Integer, StageOutput>();
    for (int dependency : stages) {
      inputs.put(dependency, join(Objects.requireNonNull(outputs.get(dependency))));
    }
    return inputs;
  }

  /// The same for the reader of the result, who is to see the first failure and none that followed
  /// from it, and that at once: closing tells those that run, who are paid for, and waits for them.
  private Map<Integer, StageOutput> awaitAll(List<Integer> stages) {
    CompletableFuture<?>[] inputs =
        stages.stream().map(outputs::get).toArray(CompletableFuture[]::new);
    var _ =
        CompletableFuture.anyOf(stopped, CompletableFuture.allOf(inputs))
            .exceptionally(_ -> true)
            .join();
    cancellation.check();
    return await(stages);
  }

  /// Whether what a stage gives may come with its answers.
  static boolean readByLastAlone(List<Stage> stages, int number) {
    return stages.stream()
        .filter(s -> s.dependencies().contains(number))
        .allMatch(s -> s == stages.getLast());
  }

  private BatchReader startLast() {
    Stage last = stages.getLast();
    Map<Integer, StageOutput> inputs = awaitAll(last.dependencies());
    StageTally tally = tallies.getLast();
    tally.begin(1);
    if (environment.workers() > 0) {
      tally.attemptStarted();
    }
    TaskContext here = environment.here();
    tally.watch(here.metrics());
    var taskInputs =
        new TaskInputs(
            scans.splitsOf(last.plan()),
            scans.columns(),
            input ->
                new PartialSource(
                    Objects.requireNonNull(inputs.get(input.stage())).partials(), input, here));
    return TaskExecution.start(last.plan(), taskInputs, here);
  }

  private void endLast() {
    TaskContext here = environment.here();
    StageTally tally = tallies.getLast();
    tally.forget(here.metrics());
    tally.taskDone(Counters.of(here.metrics()), here.memory().peak(), 0);
  }

  private void tellWorkers() {
    try (ObjectWriter control =
        environment.here().store().create(environment.objects().control())) {
      byte[] cancelled = CANCELLED.getBytes(StandardCharsets.UTF_8);
      control.write(cancelled, 0, cancelled.length);
      boolean _ = control.commit();
    }
  }

  private static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof FrazilException known) {
        throw known;
      }
      throw e;
    }
  }
}
