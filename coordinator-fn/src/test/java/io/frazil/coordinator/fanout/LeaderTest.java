package io.frazil.coordinator.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.ErrorMessage;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.events.Json;
import io.frazil.events.LeadTasks;
import io.frazil.json.JsonText;
import io.frazil.session.cost.Charge;
import io.frazil.session.cost.Ledger.Basis;
import io.frazil.session.cost.Place;
import io.frazil.session.cost.Spending;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LeaderTest {
  private static final Duration LATENCY = Duration.ofMillis(50);
  private static final FragmentResponse.Statistics NONE =
      new FragmentResponse.Statistics(0, 0, 0, 0, 0, null, Map.of());

  @Test
  void aLeaderTellsHowLongItWaitedForAWorkerThatWasLost() {
    FakeLambda workers =
        workers(
            1,
            _ -> {
              throw new FrazilException(ErrorCode.WORKER_DIED, "killed");
            });
    var full = new FakeLambda(0, LATENCY, UnaryOperator.identity());
    assertThat(led(workers).statistics().wallNanos()).isGreaterThanOrEqualTo(LATENCY.toNanos());
    assertThat(led(full).statistics().wallNanos()).isZero();
  }

  private static FragmentResponse led(FunctionCall worker) {
    try (var dispatcher = new LambdaDispatcher(worker)) {
      return new Leader(dispatcher)
          .lead(new LeadTasks(List.of(request(1))), Duration.ofMinutes(1))
          .led()
          .getFirst();
    }
  }

  @Test
  void aLeaderTellsWhatAWorkerTookWhoseAnswerDoesNotFit() {
    var took = new FragmentResponse.Statistics(9, 8, 7, 6, 5, null, Map.of(1, Map.of("ROWS", 4L)));
    String inline = "A".repeat(3 << 20);
    FakeLambda workers =
        workers(
            2,
            request ->
                new FragmentResponse(
                    "q", 0, request.task(), 1, new JsonText("{}"), inline, took, null));
    try (var dispatcher = new LambdaDispatcher(workers)) {
      List<FragmentResponse> led =
          new Leader(dispatcher)
              .lead(new LeadTasks(List.of(request(1), request(2))), Duration.ofMinutes(1))
              .led();
      assertThat(led.getFirst().error()).isNull();
      assertThat(led.getLast().error()).isNotNull();
      assertThat(led.getLast().statistics())
          .isEqualTo(new FragmentResponse.Statistics(9, 8, 7, 6, 5, FakeLambda.BILLED, Map.of()));
    }
  }

  @Test
  void aLeaderLeavesCallsThatTakeLongerThanItMay() {
    var hung = new HungFunction();
    try (var dispatcher = new LambdaDispatcher(hung)) {
      FragmentResponse late =
          new Leader(dispatcher)
              .lead(new LeadTasks(List.of(request(1))), Duration.ofMillis(50))
              .led()
              .getFirst();
      assertThat(late.error())
          .extracting(ErrorMessage::message)
          .isEqualTo("Its leader's time was over");
      assertThat(late.statistics().wallNanos()).isGreaterThanOrEqualTo(50_000_000);
    }
    assertThat(hung.left).hasValue(1);
  }

  @Test
  void aLeaderLeavesAWorkerThatTakesMuchLongerThanAllOthers() {
    var hung = new HungFunction();
    FakeLambda workers = workers(1_000, LeaderTest::done);
    FunctionCall oneHangs =
        payload ->
            Json.decode(payload, FragmentRequest.class).task() == 7
                ? hung.call(payload)
                : workers.call(payload);
    List<FragmentResponse> led;
    try (var dispatcher = new LambdaDispatcher(oneHangs)) {
      led =
          new Leader(dispatcher, Duration.ofSeconds(1))
              .lead(requests(LeadTasks.TASKS_MAX), Duration.ofMinutes(1))
              .led();
    }
    assertThat(hung.left).hasValue(1);
    assertThat(led).hasSize(LeadTasks.TASKS_MAX);
    assertThat(led)
        .filteredOn(response -> response.task() != 7)
        .allSatisfy(response -> assertThat(response.error()).isNull());
    FragmentResponse late = led.get(7);
    assertThat(Objects.requireNonNull(late.error()).code()).isEqualTo("ATTEMPT_LOST");
    assertThat(late.error().message()).isEqualTo("It took much longer than others");
    assertThat(paid(late))
        .singleElement()
        .satisfies(charge -> {
          assertThat(charge.basis()).isEqualTo(Basis.ASSUMED);
          assertThat(charge.millis()).isGreaterThanOrEqualTo(1_000);
        });
  }

  /// What a query pays for an attempt that was answered in some way.
  private static List<Charge> paid(FragmentResponse response) {
    Spending spending = Spending.unlimited();
    var _ =
        spending.attempt(0, Place.WORKER, () -> CompletableFuture.completedFuture(response)).join();
    return spending.bill(Duration.ZERO).charges();
  }

  @Test
  void nobodyIsSlowBesideWorkersThatWereRefusedAtOnce() {
    FakeLambda workers = workers(3, Duration.ofSeconds(1), LeaderTest::done);
    try (var dispatcher = new LambdaDispatcher(workers)) {
      List<FragmentResponse> led =
          new Leader(dispatcher, Duration.ZERO)
              .lead(requests(LeadTasks.TASKS_MAX), Duration.ofMinutes(1))
              .led();
      assertThat(led)
          .map(FragmentResponse::error)
          .filteredOn(Objects::nonNull)
          .hasSize(workers.throttled.get())
          .allSatisfy(error -> assertThat(error.code()).isEqualTo("THROTTLED"));
    }
  }

  private static LeadTasks requests(int tasks) {
    return new LeadTasks(IntStream.range(0, tasks).mapToObj(LeaderTest::request).toList());
  }

  private static FragmentRequest request(int task) {
    return new FragmentRequest("q", 0, task, 1, "{}");
  }

  private static FakeLambda workers(
      int concurrency, Function<FragmentRequest, FragmentResponse> work) {
    return workers(concurrency, LATENCY, work);
  }

  private static FakeLambda workers(
      int concurrency, Duration latency, Function<FragmentRequest, FragmentResponse> work) {
    return new FakeLambda(
        concurrency,
        latency,
        payload -> Json.encode(work.apply(Json.decode(payload, FragmentRequest.class))));
  }

  private static FragmentResponse done(FragmentRequest request) {
    return new FragmentResponse(
        "q", 0, request.task(), request.attempt(), new JsonText("{}"), null, NONE, null);
  }
}
