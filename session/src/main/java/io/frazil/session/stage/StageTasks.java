package io.frazil.session.stage;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.arrow.PartialWriter;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.fragment.BuildId;
import io.frazil.engine.fragment.Fragment;
import io.frazil.engine.fragment.FragmentExecution;
import io.frazil.engine.fragment.FragmentJson;
import io.frazil.engine.fragment.FragmentResult;
import io.frazil.engine.fragment.PartialInput;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.PlanJson;
import io.frazil.engine.plan.Stage;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.task.TaskMetrics;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.session.attempt.Attempts;
import io.frazil.session.attempt.TaskId;
import io.frazil.session.attempt.TaskRunner;
import io.frazil.session.cost.Place;
import io.frazil.session.dispatch.ErrorMessages;
import io.frazil.session.dispatch.WorkerSize;
import io.frazil.session.scan.ScanInputs;
import io.frazil.session.statistics.Counters;
import io.frazil.session.statistics.StageTally;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// The tasks of one stage as attempts to be made: on a worker by a message, or here where only this
/// process can.
final class StageTasks {
  private final StageEnvironment environment;
  private final Stage stage;
  private final ScanInputs scans;
  private final StageTally tally;
  private final int width;
  private final long inlineBytesMax;
  private final boolean here;
  private final String functions;
  private final Executor executor;

  /// @param width how many tasks the stage was planned for
  /// @param inlineBytesMax up to which size the partials of those may come with the answer
  /// @param executor runs what runs here
  StageTasks(
      StageEnvironment environment,
      Stage stage,
      ScanInputs scans,
      StageTally tally,
      int width,
      long inlineBytesMax,
      Executor executor) {
    this.environment = environment;
    this.stage = stage;
    this.scans = scans;
    this.tally = tally;
    this.width = width;
    this.inlineBytesMax = inlineBytesMax;
    this.here =
        !FunctionCalls.sameOnWorkers(
            stage.plan(), environment.here().functions(), environment.workerFunctions());
    this.functions = BuildId.fingerprint(environment.workerFunctions());
    this.executor = executor;
  }

  /// Gets one task done.
  ///
  /// @param inputs what the stages gave that this one reads, by number
  /// @return the response that counts
  FragmentResponse run(TaskShare share, Map<Integer, StageOutput> inputs, TaskRunner runner) {
    var id = new TaskId(environment.query(), stage.number(), share.task());
    return here || share.isLocal()
        ? runHere(id, fragment(share, inputs), runner)
        : runner.run(id, new OnWorkers(id, () -> fragment(share, inputs)));
  }

  /// Makes that no attempt at a task counts from now on: see [Halves].
  ///
  /// @return what counts, which is an attempt that committed before, if there is one
  FragmentResponse divide(TaskShare share) {
    TaskContext here = environment.here();
    PartialManifest partial;
    try (var nothing =
        new PartialWriter(
            here.store(),
            environment.objects().partial(stage.number(), share.task()),
            Halves.DIVIDED,
            stage.plan().schema(),
            partitions(),
            environment.compression(),
            here.memory())) {
      partial = nothing.commit();
    }
    return new FragmentResponse(
        environment.query(),
        stage.number(),
        share.task(),
        1,
        PlanJson.embed(partial),
        null,
        new FragmentResponse.Statistics(0, 0, 0, 0, 0, null, Map.of()),
        null);
  }

  private int partitions() {
    return switch (stage.output()) {
      case Distribution.Gather _, Distribution.Broadcast _ -> 1;
      case Distribution.Hash(var _, int count) -> count;
    };
  }

  /// The first attempt at a task, as a message.
  FragmentRequest request(TaskShare share, Map<Integer, StageOutput> inputs) {
    var id = new TaskId(environment.query(), stage.number(), share.task());
    return message(id, fragment(share, inputs)).request(id, 1);
  }

  private FragmentMessage message(TaskId id, Fragment fragment) {
    return FragmentMessage.of(
        FragmentJson.write(fragment),
        environment.here().store(),
        environment.objects().fragment(id.stage(), id.task()));
  }

  private FragmentResponse runHere(TaskId id, Fragment fragment, TaskRunner runner) {
    return runner.runHere(
        id,
        (attempt, _) ->
            tally.attempt(
                Place.HERE,
                () ->
                    CompletableFuture.supplyAsync(
                        () -> attemptHere(id, attempt, fragment), executor)));
  }

  /// A fragment is made when an attempt starts, and again for each further one: most tasks of a
  /// large stage wait for their turn, and their fragments would fill the memory meanwhile.
  private final class OnWorkers implements Attempts {
    private final TaskId id;
    private final Supplier<Fragment> fragment;

    OnWorkers(TaskId id, Supplier<Fragment> fragment) {
      this.id = id;
      this.fragment = fragment;
    }

    @Override
    public CompletableFuture<FragmentResponse> start(int number, WorkerSize size) {
      return tally.attempt(
          place(size),
          () -> environment.dispatcher(size).run(message(id, fragment.get()).request(id, number)));
    }

    @Override
    public boolean affordTwin(WorkerSize size) {
      return tally.affords(place(size));
    }

    private static Place place(WorkerSize size) {
      return switch (size) {
        case NORMAL -> Place.WORKER;
        case LARGE -> Place.LARGE_WORKER;
      };
    }
  }

  private Fragment fragment(TaskShare share, Map<Integer, StageOutput> inputs) {
    var ranges = new TreeMap<Integer, List<PartialManifest>>();
    inputs.forEach((number, output) -> ranges.put(number, share.reads(number, output)));
    return new Fragment(
        Fragment.VERSION,
        BuildId.current(),
        functions,
        stage.plan(),
        share.splits(),
        ranges,
        new Fragment.Output(
            environment.objects().partial(stage.number(), share.task()),
            stage.output(),
            environment.compression(),
            // Memory is there for one answer a task, and not for its parts' too.
            share.task() < width ? inlineBytesMax : 0),
        environment.limits(),
        environment.objects().control());
  }

  /// Counts what a task took, and opens what it gave.
  PartialInput accept(FragmentResponse response) {
    if (response.partial() == null) {
      throw new FrazilException(ErrorCode.INTERNAL, "a response without error has a partial");
    }
    PartialManifest partial = PlanJson.read(response.partial(), PartialManifest.class);
    FragmentResponse.Statistics statistics = response.statistics();
    String inline = response.inline();
    tally.taskDone(
        Counters.parse(statistics.nodes()),
        statistics.peakBytes(),
        inline == null ? partial.bytes() : 0);
    return inline == null
        ? new PartialInput.Stored(partial)
        : new PartialInput.Inline(partial, Base64.getDecoder().decode(inline));
  }

  private FragmentResponse attemptHere(TaskId id, int attempt, Fragment fragment) {
    var metrics = new TaskMetrics();
    TaskContext here = environment.here();
    MemoryPool memory = here.memory().within(here.memory().limit());
    var context =
        new TaskContext(
            here.store(), memory, here.functions(), here.cancellation(), metrics, here.threads());
    long start = System.nanoTime();
    tally.watch(metrics);
    try {
      FragmentResult result =
          FragmentExecution.run(fragment, String.valueOf(attempt), scans.columns(), context);
      byte[] inline = result.inline();
      return new FragmentResponse(
          id.query(),
          id.stage(),
          id.task(),
          attempt,
          PlanJson.embed(result.partial()),
          inline == null ? null : Base64.getEncoder().encodeToString(inline),
          statistics(start, memory.peak(), metrics),
          null);
    } catch (FrazilException e) {
      return new FragmentResponse(
          id.query(),
          id.stage(),
          id.task(),
          attempt,
          null,
          null,
          statistics(start, memory.peak(), metrics),
          ErrorMessages.encode(e));
    } finally {
      tally.forget(metrics);
    }
  }

  private static FragmentResponse.Statistics statistics(
      long start, long peakBytes, TaskMetrics metrics) {
    return new FragmentResponse.Statistics(
        System.nanoTime() - start, 0, peakBytes, 0, 0, null, Counters.named(metrics));
  }
}
