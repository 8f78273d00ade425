package io.frazil.coordinator.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.task.Cancellation;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.events.Json;
import io.frazil.events.LeadTasks;
import io.frazil.events.MessageException;
import io.frazil.events.log.FunctionLog;
import io.frazil.events.log.QueryLog;
import io.frazil.json.JsonText;
import io.frazil.session.attempt.RetryPolicy;
import io.frazil.session.attempt.TaskId;
import io.frazil.session.attempt.TaskRunner;
import io.frazil.session.cost.Charge;
import io.frazil.session.cost.Ledger.Basis;
import io.frazil.session.dispatch.Dispatcher;
import io.frazil.session.dispatch.WorkerSize;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LambdaDispatcherTest {
  private static final Duration LATENCY = Duration.ofMillis(50);
  private static final FragmentResponse.Statistics NONE =
      new FragmentResponse.Statistics(0, 0, 0, 0, 0, null, Map.of());

  private final Map<Integer, Integer> runs = new ConcurrentHashMap<>();

  @Test
  void aFewTasksGoToTheirWorkersDirectly() {
    FakeLambda workers = workers(1_000, this::done);
    FakeLambda leaders = leaders(workers);
    try (var dispatcher = new LambdaDispatcher(workers, leaders)) {
      assertThat(run(dispatcher, 200, 1_000)).hasSize(200);
    }
    assertThat(leaders.calls).hasValue(0);
    assertThat(workers.calls).hasValue(200);
  }

  @Test
  void beyond256AtATimeTasksAreHandedOnBy64() {
    FakeLambda workers = workers(1_000, this::done);
    FakeLambda leaders = leaders(workers);
    try (var dispatcher = new LambdaDispatcher(workers, leaders)) {
      assertThat(run(dispatcher, 800, 1_000)).hasSize(800);
    }
    assertThat(leaders.calls.get()).isBetween(1, 40);
    assertThat(workers.calls).hasValue(800);
    assertThat(runs.values()).containsOnly(1);
  }

  @Test
  void aLeaderThatIsLostMeansItsTasksAgain() {
    FakeLambda workers = workers(1_000, this::done);
    var lost =
        new FakeLambda(
            100,
            LATENCY,
            _ -> {
              throw new FrazilException(ErrorCode.WORKER_DIED, "the leader died");
            });
    try (var dispatcher = untilLed(workers, lost)) {
      assertThat(run(dispatcher, 400, 1_000)).hasSize(400);
    }
    assertThat(lost.calls.get()).isPositive();
  }

  @Test
  void callsThatFailAndTasksThatAreTriedAgainAreSaid() {
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    var log =
        new QueryLog(
            FunctionLog.of(
                Map.of("AWS_LAMBDA_FUNCTION_NAME", "c", "FRAZIL_LOG_LEVEL", "DEBUG"), lines::add));
    FakeLambda workers =
        workers(
            1_000,
            request -> {
              if (request.attempt() == 1 && request.task() < 2) {
                throw new FrazilException(
                    request.task() == 0 ? ErrorCode.THROTTLED : ErrorCode.WORKER_DIED, "no");
              }
              return done(request);
            });
    try (var dispatcher = new LambdaDispatcher(workers).loggingTo(log)) {
      assertThat(run(dispatcher, 4, 4)).hasSize(4);
    }
    assertThat(lines)
        .map(line -> line.replaceFirst("^.*?\"message\":", ""))
        .contains(
            "\"Call failed\",\"query\":\"q\",\"stage\":0,\"task\":0,\"attempt\":1,"
                + "\"code\":\"THROTTLED\"}",
            "\"Call failed\",\"query\":\"q\",\"stage\":0,\"task\":1,\"attempt\":1,"
                + "\"code\":\"WORKER_DIED\"}",
            "\"Task tried again\",\"query\":\"q\",\"stage\":0,\"task\":1,\"attempt\":2}");
  }

  @Test
  void leadersAreChargedForByTheQueryWhoseTasksTheyHandOn() {
    FakeLambda workers = workers(1_000, this::done);
    FakeLambda leaders = leaders(workers);
    List<Charge> charges = Collections.synchronizedList(new ArrayList<>());
    try (var dispatcher = new LambdaDispatcher(workers, leaders)) {
      assertThat(run(dispatcher.charging(charges::add), 800, 1_000)).hasSize(800);
    }
    assertThat(leaders.calls.get()).isPositive();
    assertThat(charges)
        .hasSize(leaders.calls.get())
        .allSatisfy(charge ->
            assertThat(charge).isEqualTo(Charge.leader(0, Basis.REPORTED, FakeLambda.BILLED)));
  }

  @Test
  void aLeaderThatIsLostIsChargedForAndOneThatNeverBeganIsNot() {
    FakeLambda workers = workers(1_000, this::done);
    var lost =
        new FakeLambda(
            1,
            LATENCY,
            _ -> {
              throw new FrazilException(ErrorCode.WORKER_DIED, "the leader died");
            });
    List<Charge> charges = Collections.synchronizedList(new ArrayList<>());
    try (var dispatcher = new LambdaDispatcher(workers, lost)) {
      assertThat(run(dispatcher.charging(charges::add), 800, 1_000)).hasSize(800);
    }
    assertThat(charges)
        .hasSize(lost.calls.get() - lost.throttled.get())
        .extracting(Charge::basis)
        .containsOnly(Basis.ASSUMED);
  }

  @Test
  void callsThatNobodyWaitsForGiveTheirPlacesBack() {
    var hung = new HungFunction();
    try (var dispatcher = new LambdaDispatcher(hung)) {
      List<CompletableFuture<FragmentResponse>> left =
          IntStream.range(0, LambdaDispatcher.DIRECT_MAX + 10)
              .mapToObj(task -> dispatcher.run(request(task)))
              .toList();
      hung.awaitCalls(LambdaDispatcher.DIRECT_MAX);
      left.forEach(call -> call.cancel(true));
      CompletableFuture<FragmentResponse> next = dispatcher.run(request(999));
      hung.awaitCalls(1);
      next.cancel(true);
    }
  }

  @Test
  void aTaskThatItsLeaderLeftIsTriedAgainByItself() {
    var hung = new HungFunction();
    var first = new AtomicBoolean(true);
    FakeLambda workers = workers(1_000, this::done);
    FunctionCall firstHangs =
        payload -> first.getAndSet(false) ? hung.call(payload) : workers.call(payload);
    FakeLambda leaders =
        leaders(new Leader(new LambdaDispatcher(firstHangs), Duration.ofSeconds(1)));
    try (var dispatcher = untilLed(workers, leaders)) {
      assertThat(run(dispatcher, 800, 1_000)).hasSize(800);
    }
    assertThat(hung.left).hasValue(1);
    assertThat(runs).hasSize(800);
    assertThat(runs.values()).containsOnly(1);
  }

  @Test
  void aLeaderIsLeftOnceNobodyWaitsForAnyOfItsTasks() {
    var hung = new HungFunction();
    try (var dispatcher = new LambdaDispatcher(new HungFunction(), hung)) {
      List<CompletableFuture<FragmentResponse>> calls =
          IntStream.range(0, LambdaDispatcher.DIRECT_MAX + LeadTasks.TASKS_MAX)
              .mapToObj(task -> dispatcher.run(request(task)))
              .toList();
      hung.awaitCalls(1);
      calls.subList(0, calls.size() - 1).forEach(call -> call.cancel(true));
      assertThat(hung.left).hasValue(0);
      calls.getLast().cancel(true);
    }
    assertThat(hung.left).hasValue(1);
  }

  private static FragmentRequest request(int task) {
    return new FragmentRequest("q", 0, task, 1, "{}");
  }

  @Test
  void leadersForWhomThereIsNoRoomDoNotFailTheQuery() {
    FakeLambda workers = workers(1_000, this::done);
    var full = new FakeLambda(0, LATENCY, UnaryOperator.identity());
    try (var dispatcher = new LambdaDispatcher(workers, full)) {
      assertThat(run(dispatcher, 400, 1_000)).hasSize(400);
    }
    assertThat(full.throttled.get()).isPositive();
  }

  @Test
  void aQueryOnFewWorkersFindsItsPace() {
    FakeLambda workers = workers(8, this::done);
    try (var dispatcher = new LambdaDispatcher(workers)) {
      assertThat(run(dispatcher, 200, 64)).hasSize(200);
    }
    assertThat(workers.runningMax.get()).isLessThanOrEqualTo(8);
    assertThat(workers.throttled.get()).isPositive();
    assertThat(runs.values()).containsOnly(1);
  }

  @Test
  void whatDoesNotFitIntoALeadersAnswerIsAskedForAgain() {
    String inline = "A".repeat(200_000);
    FakeLambda workers =
        workers(
            1_000,
            request ->
                new FragmentResponse(
                    "q",
                    0,
                    request.task(),
                    request.attempt(),
                    new JsonText("{}"),
                    inline,
                    NONE,
                    null));
    FakeLambda leaders = leaders(workers);
    try (var dispatcher = new LambdaDispatcher(workers, leaders)) {
      assertThat(run(dispatcher, 500, 1_000)).hasSize(500);
    }
    assertThat(leaders.calls.get()).isPositive();
    assertThat(leaders.responseBytesMax.get()).isBetween(5_000_000, Json.MAX_BYTES);
  }

  @Test
  void largeFragmentsMakeSmallerGroups() {
    FakeLambda workers = workers(1_000, this::done);
    FakeLambda leaders = leaders(workers);
    String padding = "{\"padding\":\"%s\"}".formatted("x".repeat(900_000));
    try (var dispatcher = new LambdaDispatcher(workers, leaders)) {
      List<CompletableFuture<FragmentResponse>> running = new ArrayList<>();
      for (int task = 0; task < 300; task++) {
        running.add(dispatcher.run(new FragmentRequest("q", 0, task, 1, padding)));
      }
      assertThat(running).allSatisfy(future -> assertThat(future.join().error()).isNull());
    }
    assertThat(leaders.requestBytesMax.get()).isBetween(900_000, Json.MAX_BYTES);
  }

  @Test
  void whatLambdaBillsComesWithTheAnswer() {
    try (var dispatcher = new LambdaDispatcher(workers(1, this::done))) {
      FragmentResponse response = dispatcher.run(new FragmentRequest("q", 0, 1, 1, "{}")).join();
      assertThat(response.statistics().billedMillis()).isEqualTo(7);
    }
  }

  @Test
  void anAnswerThatIsNoneFailsAtOnce() {
    var other = new FakeLambda(1, LATENCY, _ -> "[]".getBytes(StandardCharsets.UTF_8));
    try (var dispatcher = new LambdaDispatcher(other)) {
      CompletableFuture<FragmentResponse> answer =
          dispatcher.run(new FragmentRequest("q", 0, 1, 1, "{}"));
      assertThatThrownBy(answer::join)
          .cause()
          .isInstanceOfSatisfying(
              FrazilException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_MESSAGE));
    }
  }

  @Test
  void aLeaderTakesAtMost64Tasks() {
    FragmentRequest request = new FragmentRequest("q", 0, 1, 1, "{}");
    byte[] many =
        ("{\"lead\":["
                + String.join(
                    ",",
                    IntStream.range(0, 65)
                        .mapToObj(_ -> new String(Json.encode(request), StandardCharsets.UTF_8))
                        .toList())
                + "]}")
            .getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> Json.decode(many, LeadTasks.class))
        .isInstanceOf(MessageException.class)
        .hasMessageContaining("lead must have 1 to 64 tasks");
  }

  /// As a query does: all tasks of a stage at once, each by a thread of its own.
  private static Set<Integer> run(Dispatcher dispatcher, int tasks, int concurrency) {
    var runner =
        new TaskRunner(
            concurrency,
            EnumSet.of(WorkerSize.NORMAL),
            new RetryPolicy(3, Duration.ofMillis(5)),
            new Cancellation());
    Set<Integer> done = new TreeSet<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<FragmentResponse>> running =
          IntStream.range(0, tasks)
              .mapToObj(task ->
                  CompletableFuture.supplyAsync(
                      () ->
                          runner.run(
                              new TaskId("q", 0, task),
                              (attempt, _) ->
                                  dispatcher.run(new FragmentRequest("q", 0, task, attempt, "{}"))),
                      threads))
              .toList();
      running.forEach(future -> done.add(future.join().task()));
    }
    return done;
  }

  private static FakeLambda workers(
      int concurrency, java.util.function.Function<FragmentRequest, FragmentResponse> work) {
    return new FakeLambda(
        concurrency,
        LATENCY,
        payload -> Json.encode(work.apply(Json.decode(payload, FragmentRequest.class))));
  }

  /// Whose workers answer nothing before a leader was called, however slowly tasks begin.
  private static LambdaDispatcher untilLed(FunctionCall workers, FunctionCall leaders) {
    var led = new CompletableFuture<Boolean>();
    return new LambdaDispatcher(
        payload -> {
          boolean _ = led.join();
          return workers.call(payload);
        },
        payload -> {
          boolean _ = led.complete(true);
          return leaders.call(payload);
        });
  }

  /// Who find nobody slow.
  private static FakeLambda leaders(FakeLambda workers) {
    return leaders(new Leader(new LambdaDispatcher(workers), Duration.ofMinutes(1)));
  }

  private static FakeLambda leaders(Leader leader) {
    return new FakeLambda(
        100,
        Duration.ZERO,
        payload ->
            Json.encode(leader.lead(Json.decode(payload, LeadTasks.class), Duration.ofMinutes(9))));
  }

  private FragmentResponse done(FragmentRequest request) {
    runs.merge(request.task(), 1, Integer::sum);
    return new FragmentResponse(
        "q", 0, request.task(), request.attempt(), new JsonText("{}"), null, NONE, null);
  }
}
