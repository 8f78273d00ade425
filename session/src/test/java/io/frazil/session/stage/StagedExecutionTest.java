package io.frazil.session.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.arrow.PartialWriter.Compression;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.fragment.Fragment;
import io.frazil.engine.function.BuiltInFunctions;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.function.aggregate.BuiltInAggregates;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.plan.AggregateCall;
import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.PhysicalPlan.Exchange;
import io.frazil.engine.plan.PhysicalPlan.HashAggregate;
import io.frazil.engine.plan.PhysicalPlan.Values;
import io.frazil.engine.plan.Stage;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.task.Cancellation;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.task.TaskMetrics;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.VectorValues;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.session.attempt.RetryPolicy;
import io.frazil.session.cost.Estimate;
import io.frazil.session.cost.Spending;
import io.frazil.session.dispatch.Dispatcher;
import io.frazil.session.dispatch.InProcessDispatcher;
import io.frazil.session.journal.NoJournal;
import io.frazil.session.journal.StageObjects;
import io.frazil.session.journal.StagePlan;
import io.frazil.session.scan.ScanInputs;
import io.frazil.session.statistics.StageTally;
import io.frazil.worker.FragmentRunner;
import io.frazil.worker.WorkerHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Runs `SELECT k, count(*) GROUP BY k` over a hash exchange on workers that fail as scripted.
@Timeout(120)
class StagedExecutionTest {
  private static final int KEYS = 1_000;
  private static final int ROWS_A_KEY = 5;
  private static final FunctionRegistry FUNCTIONS =
      BuiltInAggregates.register(BuiltInFunctions.registry());

  @TempDir private Path folder;

  private long taskBytesMin = 1;
  private final Cancellation cancellation = new Cancellation();
  private final MemoryPool memory = new MemoryPool(256 << 20);
  private final List<StageTally> tallies = new ArrayList<>();
  private final List<FragmentRequest> requests = Collections.synchronizedList(new ArrayList<>());
  private final InProcessDispatcher workers =
      new InProcessDispatcher(
          new WorkerHandler(
                  new FragmentRunner(
                      new LocalObjectStore(), FUNCTIONS, memory, Duration.ofMillis(10)))
              ::handle);

  @AfterEach
  void closeWorkers() {
    workers.close();
    assertThat(memory.used()).isZero();
  }

  @Test
  void everyTaskRunsOnceOnAWorker() {
    assertThat(run(workers)).isEqualTo(expected());
    assertThat(requests).extracting(FragmentRequest::stage).containsExactlyInAnyOrder(0, 1, 1, 1);
    assertThat(requests).extracting(FragmentRequest::attempt).containsOnly(1);
  }

  @Test
  void partitionsThatTurnedOutSmallGoToOneTask() {
    taskBytesMin = 1 << 20;
    assertThat(run(workers)).isEqualTo(expected());
    assertThat(requests).extracting(FragmentRequest::stage).containsExactly(0, 1);
  }

  @Test
  void aReplyThatIsLostChangesNothing() {
    Set<String> lost = ConcurrentHashMap.newKeySet();
    Dispatcher losing =
        request ->
            workers
                .run(request)
                .thenApply(response -> {
                  if (lost.add(request.stage() + "/" + request.task())) {
                    throw new IllegalStateException("connection reset");
                  }
                  return response;
                });
    assertThat(run(losing)).isEqualTo(expected());
    assertThat(requests).hasSize(8);
  }

  @Test
  void everythingRunningTwiceChangesNothing() {
    Dispatcher twice =
        request -> {
          CompletableFuture<FragmentResponse> first = workers.run(request);
          return workers.run(request).thenCombine(first, (second, _) -> second);
        };
    assertThat(run(twice)).isEqualTo(expected());
  }

  @Test
  void aTransientErrorIsTriedAgain() {
    Set<String> failed = ConcurrentHashMap.newKeySet();
    Dispatcher failing =
        request ->
            failed.add(request.stage() + "/" + request.task())
                ? CompletableFuture.failedFuture(
                    new FrazilException(ErrorCode.STORE_UNAVAILABLE, "503 Slow Down"))
                : workers.run(request);
    assertThat(run(failing)).isEqualTo(expected());
    assertThat(requests).extracting(FragmentRequest::attempt).containsOnly(1, 2);
  }

  @Test
  void aTaskThatFailsForGoodFailsTheQueryAndLeavesNothing() {
    Dispatcher failing =
        request ->
            request.stage() == 1 && request.task() == 2
                ? CompletableFuture.failedFuture(
                    new FrazilException(ErrorCode.NUMERIC_OVERFLOW, "bigint overflow"))
                : workers.run(request);
    assertThatThrownBy(() -> run(failing)).hasMessage("bigint overflow");
    assertThat(objects()).isEmpty();
  }

  @Test
  void cancellingStopsTheWorkersAndLeavesNothing() throws InterruptedException {
    var started = new CountDownLatch(1);
    Dispatcher blocking =
        request -> {
          if (request.stage() == 0) {
            return workers.run(request);
          }
          started.countDown();
          return new CompletableFuture<FragmentResponse>()
              .completeOnTimeout(null, 1, TimeUnit.SECONDS)
              .thenCompose(_ -> workers.run(request));
        };
    var failure = new CompletableFuture<Throwable>();
    Thread query =
        Thread.ofVirtual()
            .start(() -> {
              try {
                run(blocking);
              } catch (FrazilException e) {
                failure.complete(e);
              }
            });
    started.await();
    cancellation.cancel();
    query.join();
    assertThat(failure.join()).hasMessage("The query was cancelled");
    assertThat(objects()).isEmpty();
  }

  @Test
  void closingBeforeTheEndCancels() {
    try (StagedExecution execution = start(workers)) {
      assertThat(execution.next()).isNotNull();
    }
    assertThat(cancellation.isStopped()).isTrue();
    assertThat(objects()).isEmpty();
  }

  @Test
  void whatCallsAFunctionThatWorkersLackRunsHere() {
    FunctionRegistry few = BuiltInFunctions.registry();
    var runner = new FragmentRunner(new LocalObjectStore(), few, memory, Duration.ofMillis(10));
    try (var simple = new InProcessDispatcher(new WorkerHandler(runner)::handle)) {
      assertThat(collect(start(simple, few))).isEqualTo(expected());
    }
    assertThat(requests).extracting(FragmentRequest::stage).containsOnly(0);
  }

  private Map<Long, Long> run(Dispatcher dispatcher) {
    return collect(start(dispatcher));
  }

  private static Map<Long, Long> collect(StagedExecution execution) {
    Map<Long, Long> counts = new ConcurrentHashMap<>();
    try (execution) {
      for (Batch batch = execution.next(); batch != null; batch = execution.next()) {
        VectorValues.rows(batch)
            .forEach(row -> counts.merge((Long) row.get(0), (Long) row.get(1), Long::sum));
      }
    }
    return counts;
  }

  private StagedExecution start(Dispatcher dispatcher) {
    return start(dispatcher, FUNCTIONS);
  }

  private StagedExecution start(Dispatcher dispatcher, FunctionRegistry workerFunctions) {
    List<Stage> stages = StageCutter.cut(plan());
    for (Stage stage : stages) {
      tallies.add(
          new StageTally(
              stage.number(), "test", stage.plan().id(), List.of(), Spending.unlimited()));
    }
    var here =
        new TaskContext(
            new LocalObjectStore(), memory, FUNCTIONS, cancellation, new TaskMetrics(), 2);
    var objects = new StageObjects(new LocalObjectStore(), folder + "/queries/q/", 1);
    var environment =
        new StageEnvironment(
            "q",
            objects,
            new NoJournal(objects),
            request -> {
              requests.add(request);
              return dispatcher.run(request);
            },
            Optional.empty(),
            2,
            new RetryPolicy(3, Duration.ZERO),
            new Fragment.Limits(64 << 20, 1),
            Compression.NONE,
            workerFunctions,
            here);
    return new StagedExecution(
        new StagePlan(
            stages.getLast().plan().schema(),
            stages,
            new ScanInputs(Map.of(), Map.of(), Map.of()),
            2,
            taskBytesMin,
            Estimate.NONE),
        tallies,
        environment);
  }

  private static PhysicalPlan plan() {
    var schema = Schema.of(new Field("k", Types.BIGINT, false));
    List<List<Expression.Literal>> rows =
        LongStream.range(0, KEYS * ROWS_A_KEY)
            .mapToObj(i -> List.of(new Expression.Literal(i % KEYS, Types.BIGINT)))
            .toList();
    var count = new Field("n", Types.BIGINT, false);
    var call =
        new AggregateCall("count", List.of(), null, "n", Types.BIGINT, false, List.of(count));
    var values = new Values(1, schema, rows);
    var hashed = new Exchange(2, values, new Distribution.Hash(List.of(0), 3));
    var counted =
        new HashAggregate(3, hashed, List.of(0), List.of(call), PhysicalPlan.Phase.SINGLE);
    return new Exchange(4, counted, new Distribution.Gather());
  }

  private static Map<Long, Long> expected() {
    Map<Long, Long> counts = new ConcurrentHashMap<>();
    LongStream.range(0, KEYS).forEach(k -> counts.put(k, (long) ROWS_A_KEY));
    return counts;
  }

  private List<Path> objects() {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
