package io.frazil.session.stage;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.exec.TaskExecution;
import io.frazil.engine.exec.TaskInputs;
import io.frazil.engine.fragment.PartialInput;
import io.frazil.engine.fragment.PartialSource;
import io.frazil.engine.plan.Stage;
import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.engine.task.Cancellation;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.session.attempt.TaskRunner;
import io.frazil.session.scan.ScanInputs;
import io.frazil.session.statistics.Counters;
import io.frazil.session.statistics.StageTally;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One query running in stages: all but the last as tasks on workers, each stage as soon as those
/// are done that it reads from; the last one here, its rows being the result. A query of one stage
/// runs here alone.
///
/// The first failure stops everything. Closing waits for all that runs and removes what the stages
/// wrote.
public final class StagedExecution implements BatchReader {
  private static final String CANCELLED = "{\"state\": \"cancelled\"}";

  private final List<Stage> stages;
  private final ScanInputs scans;
  private final List<StageTally> tallies;
  private final StageEnvironment environment;
  private final Cancellation cancellation;
  private final TaskRunner runner;
  private final InlinePartials inlinePartials;
  private final Map<Integer, CompletableFuture<StageOutput>> outputs = new TreeMap<>();
  private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
  private @Nullable BatchReader result;
  private boolean ended;
  private boolean closed;

  private StagedExecution(
      List<Stage> stages,
      ScanInputs scans,
      List<StageTally> tallies,
      StageEnvironment environment) {
    this.stages = List.copyOf(stages);
    this.scans = scans;
    this.tallies = List.copyOf(tallies);
    this.environment = environment;
    this.cancellation = environment.here().cancellation();
    this.inlinePartials = new InlinePartials(environment.here().memory());
    this.runner =
        new TaskRunner(
            environment.workers(), environment.sizes(), environment.retries(), cancellation);
  }

  /// @param stages each behind those that it reads from
  /// @param tallies one for each stage
  public static StagedExecution start(
      List<Stage> stages,
      ScanInputs scans,
      List<StageTally> tallies,
      StageEnvironment environment) {
    var execution = new StagedExecution(stages, scans, tallies, environment);
    for (Stage stage : stages.subList(0, stages.size() - 1)) {
      execution.outputs.put(stage.number(), execution.begin(stage, () -> execution.run(stage)));
    }
    return execution;
  }

  @Override
  public @Nullable Batch next() {
    if (ended) {
      return null;
    }
    cancellation.check();
    if (result == null) {
      result = startLast();
    }
    Batch batch = result.next();
    if (batch == null) {
      ended = true;
      endLast();
    }
    return batch;
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
      if (stages.size() > 1 && (cancellation.isStopped() || runner.hasLateTwins())) {
        tellWorkers();
      }
    } finally {
      executor.close();
      inlinePartials.close();
      removeObjects();
    }
  }

  private StageOutput run(Stage stage) {
    Map<Integer, StageOutput> inputs = await(stage);
    StageTally tally = tallies.get(stage.number());
    List<TaskShare> shares =
        TaskShares.of(
            stage,
            scans.splitsOf(stage.plan()),
            stages,
            TaskPacker.forWorkers(environment.workers()));
    long inline = readByLastAlone(stage) ? inlinePartials.bytesMax(shares.size()) : 0;
    var tasks = new StageTasks(environment, stage, scans, tally, inline, executor);
    tally.begin(shares.size());
    List<CompletableFuture<PartialInput>> running = new ArrayList<>();
    for (TaskShare share : shares) {
      running.add(begin(stage, () -> tasks.run(share, inputs, runner)));
    }
    return new StageOutput(stage.output(), running.stream().map(StagedExecution::join).toList());
  }

  /// Runs a part of a stage by a thread of its own; its failure stops the query at once.
  private <T> CompletableFuture<T> begin(Stage stage, Supplier<T> part) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return part.get();
          } catch (RuntimeException | Error e) {
            FrazilException failure =
                e instanceof FrazilException known
                    ? known
                    : new FrazilException(
                        ErrorCode.INTERNAL,
                        "Internal error in stage " + stage.number() + ": " + e,
                        e);
            cancellation.stop(failure);
            throw failure;
          }
        },
        executor);
  }

  /// What the stages gave that this one reads; fails as they do.
  private Map<Integer, StageOutput> await(Stage stage) {
    var inputs = new TreeMap<Integer, StageOutput>();
    for (int dependency : stage.dependencies()) {
      inputs.put(dependency, join(Objects.requireNonNull(outputs.get(dependency))));
    }
    return inputs;
  }

  /// The same for the reader of the result, who is to see the first failure and none that followed
  /// from it.
  private Map<Integer, StageOutput> awaitAll(Stage stage) {
    try {
      return await(stage);
    } catch (FrazilException e) {
      cancellation.check();
      throw e;
    }
  }

  private boolean readByLastAlone(Stage stage) {
    return stages.stream()
        .filter(s -> s.dependencies().contains(stage.number()))
        .allMatch(s -> s == stages.getLast());
  }

  private BatchReader startLast() {
    Stage last = stages.getLast();
    Map<Integer, StageOutput> inputs = awaitAll(last);
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
    try (ObjectWriter control = environment.here().store().create(environment.control())) {
      byte[] cancelled = CANCELLED.getBytes(StandardCharsets.UTF_8);
      control.write(cancelled, 0, cancelled.length);
      boolean _ = control.commit();
    }
  }

  private void removeObjects() {
    if (stages.size() > 1) {
      ObjectStore store = environment.here().store();
      for (ObjectInfo object : store.list(environment.stages())) {
        store.delete(object.location());
      }
      if (!runner.hasLateTwins()) {
        store.delete(environment.control());
      }
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
