package io.frazil.session.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.task.Cancellation;
import io.frazil.events.FragmentResponse;
import io.frazil.session.dispatch.WorkerSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What happens when, with each attempt's end scripted to the millisecond.
@Timeout(60)
class AttemptsTest {
  private static final long SEED = 42;

  private final SimulatedTime time = new SimulatedTime(new SplittableRandom(SEED));
  private final Cancellation cancellation = new Cancellation();
  private final List<String> log = new ArrayList<>();

  /// The answer to an attempt, and when it comes.
  private record Answer(Duration after, CompletableFuture<FragmentResponse> response) {}

  private interface Script {
    Answer answer(int number, WorkerSize size);
  }

  @Test
  void whatANormalWorkerHasNoMemoryForGoesToALargeOneAtOnce() {
    TaskRunner runner = runner(10, RetryPolicy.REMOTE, EnumSet.allOf(WorkerSize.class));
    TaskId task = task(0);
    var result =
        runner.start(
            task,
            attempts(
                task,
                (n, size) -> size == WorkerSize.NORMAL ? failed(ErrorCode.MEMORY_LIMIT) : done(n)));
    time.run();
    assertThat(result.join().attempt()).isEqualTo(2);
    assertThat(log).containsExactly("0 ms: 0.1 NORMAL", "10 ms: 0.2 LARGE");
  }

  @Test
  void withoutLargeWorkersWantOfMemoryFailsAtOnce() {
    var result = start(RetryPolicy.REMOTE, (_, _) -> failed(ErrorCode.MEMORY_LIMIT));
    assertThatThrownBy(() -> result.getNow(null)).hasRootCauseMessage("as scripted");
    assertThat(log).containsExactly("0 ms: 0.1 NORMAL");
  }

  @Test
  void aLargeWorkerThatHasNoMemoryEitherEndsIt() {
    TaskRunner runner = runner(10, RetryPolicy.REMOTE, EnumSet.allOf(WorkerSize.class));
    TaskId task = task(0);
    var result = runner.start(task, attempts(task, (_, _) -> failed(ErrorCode.MEMORY_LIMIT)));
    time.run();
    assertThatThrownBy(() -> result.getNow(null))
        .cause()
        .hasMessage("task 0 of stage 1 failed in 2 attempts: as scripted");
  }

  @Test
  void aTaskThatKillsTwoWorkersFails() {
    var result = start(RetryPolicy.REMOTE, (_, _) -> failed(ErrorCode.WORKER_DIED));
    assertThatThrownBy(() -> result.getNow(null))
        .cause()
        .hasMessage("task 0 of stage 1 failed in 2 attempts: as scripted");
    assertThat(log).hasSize(2);
  }

  @Test
  void beingRefusedIsNoAttemptOfTheThree() {
    var result =
        start(RetryPolicy.REMOTE, (n, _) -> n <= 20 ? failed(ErrorCode.THROTTLED) : done(n));
    assertThat(result.join().attempt()).isEqualTo(21);
  }

  @Test
  void beingRefusedForTooLongFails() {
    RetryPolicy policy = RetryPolicy.REMOTE.withRefusedMax(Duration.ofSeconds(30));
    var result = start(policy, (_, _) -> failed(ErrorCode.THROTTLED));
    assertThatThrownBy(() -> result.getNow(null))
        .cause()
        .isInstanceOfSatisfying(
            FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.THROTTLED))
        .hasMessage("task 0 of stage 1 found no room for 30 s: as scripted");
    assertThat(Duration.ofNanos(time.nanos()))
        .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(36));
  }

  @Test
  void aTaskMuchSlowerThanItsStagesOthersGetsATwin() {
    TaskRunner runner = runner(10, RetryPolicy.REMOTE, EnumSet.of(WorkerSize.NORMAL));
    var results =
        startEight(runner, (n, _) -> n == 1 ? done(task(5), n, 600_000) : done(task(5), n, 700));
    time.runUntil(Duration.ofSeconds(60));
    assertThat(results).allSatisfy(result -> assertThat(result).isDone());
    assertThat(results.get(5).join().attempt()).isEqualTo(2);
    assertThat(log).hasSize(9).last().isEqualTo("1400 ms: 5.2 NORMAL");
    assertThat(runner.hasLateTwins()).isTrue();
    time.run();
    assertThat(runner.hasLateTwins()).isFalse();
  }

  @Test
  void tasksThatAreAllSlowGetFewTwins() {
    TaskRunner runner = runner(100, RetryPolicy.REMOTE, EnumSet.of(WorkerSize.NORMAL));
    for (int i = 0; i < 40; i++) {
      TaskId task = task(i);
      int millis = i < 30 ? 1_000 : 60_000;
      var _ = runner.start(task, attempts(task, (n, _) -> done(task, n, millis)));
    }
    time.run();
    assertThat(log).hasSize(44);
  }

  /// Where the others that are done are too few to tell, however fast they were.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void aTaskThatHangsInASmallStageGetsATwin(int tasks) {
    TaskRunner runner = runner(10, RetryPolicy.REMOTE, EnumSet.of(WorkerSize.NORMAL));
    var results = startOfWhichTheFirstHangs(runner, tasks);
    time.runUntil(Duration.ofSeconds(60));
    assertThat(results).allSatisfy(result -> assertThat(result).isDone());
    assertThat(log).hasSize(tasks + 1).last().isEqualTo("30000 ms: 0.2 NORMAL");
  }

  @ParameterizedTest
  @CsvSource({"2, 15000", "20, 60000"})
  void whatWasPredictedSaysFromWhenOnATaskOfASmallStageIsSlow(int seconds, int slowMillis) {
    TaskRunner runner = runner(10, RetryPolicy.REMOTE, EnumSet.of(WorkerSize.NORMAL));
    runner.predict(1, Duration.ofSeconds(seconds));
    var results = startOfWhichTheFirstHangs(runner, 2);
    time.runUntil(Duration.ofSeconds(100));
    assertThat(results).allSatisfy(result -> assertThat(result).isDone());
    assertThat(log).hasSize(3).last().isEqualTo(slowMillis + " ms: 0.2 NORMAL");
  }

  @Test
  void aPredictionThatIsWrongForAllTasksCostsOneTwin() {
    TaskRunner runner = runner(100, RetryPolicy.REMOTE, EnumSet.of(WorkerSize.NORMAL));
    runner.predict(1, Duration.ofSeconds(1));
    for (int i = 0; i < 40; i++) {
      TaskId task = task(i);
      var _ = runner.start(task, attempts(task, (n, _) -> done(task, n, 60_000)));
    }
    time.run();
    assertThat(log).hasSize(41);
  }

  /// Others took what was left of the budget between the question and the start.
  @Test
  void aTwinThatDoesNotFitTheBudgetAnyMoreIsLeftOut() {
    TaskRunner runner = runner(10, RetryPolicy.REMOTE, EnumSet.of(WorkerSize.NORMAL));
    var results =
        startEight(
            runner,
            (n, _) -> {
              if (n == 2) {
                throw new FrazilException(ErrorCode.BUDGET_EXCEEDED, "as scripted");
              }
              return done(task(5), n, n == 1 ? 600_000 : 700);
            });
    time.runUntil(Duration.ofSeconds(60));
    // The stage's only twin is not used up by one that never began.
    assertThat(results.get(5).join().attempt()).isEqualTo(3);
    assertThat(log).hasSize(10).endsWith("1400 ms: 5.2 NORMAL", "2400 ms: 5.3 NORMAL");
  }

  @Test
  void aTaskIsDoneWhoseTwinsNeverFitTheBudget() {
    TaskRunner runner = runner(10, RetryPolicy.REMOTE, EnumSet.of(WorkerSize.NORMAL));
    var results =
        startEight(
            runner, (n, _) -> n == 1 ? done(task(5), n, 5_000) : failed(ErrorCode.BUDGET_EXCEEDED));
    time.run();
    assertThat(results.get(5).join().attempt()).isEqualTo(1);
  }

  @Test
  void aTaskThatFailsWhileItsTwinIsLeftOutIsTriedAgain() {
    TaskRunner runner = runner(10, RetryPolicy.REMOTE, EnumSet.of(WorkerSize.NORMAL));
    var results =
        startEight(
            runner,
            (n, _) ->
                switch (n) {
                  case 1 -> failed(ErrorCode.ATTEMPT_LOST, 1_405);
                  case 2 -> failed(ErrorCode.BUDGET_EXCEEDED);
                  default -> done(task(5), n, 700);
                });
    time.run();
    assertThat(results.get(5).join().attempt()).isEqualTo(3);
    assertThat(log).hasSize(10).endsWith("1400 ms: 5.2 NORMAL", "1410 ms: 5.3 NORMAL");
  }

  @Test
  void anAttemptThatIsNeededAndDoesNotFitTheBudgetFails() {
    var result = start(RetryPolicy.REMOTE, (_, _) -> failed(ErrorCode.BUDGET_EXCEEDED));
    assertThatThrownBy(() -> result.getNow(null)).hasRootCauseMessage("as scripted");
    assertThat(log).hasSize(1);
  }

  /// A random part of a pause that doubles from 100 ms to 5 s.
  @Test
  void tasksThatAreLostTogetherComeBackApartAndLaterEachTime() {
    int[] longestMillis = {100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000};
    List<List<Long>> pauses = pausesMillis(SEED, 40, longestMillis.length);
    for (int failure = 0; failure < longestMillis.length; failure++) {
      List<Long> each = pauses.get(failure);
      long longest = longestMillis[failure];
      assertThat(each).as("after failure %d", failure + 1).allMatch(pause -> pause <= longest);
      assertThat(Collections.max(each)).isGreaterThan(longest / 2);
      assertThat(Collections.min(each)).isLessThan(longest / 2);
    }
    assertThat(pausesMillis(SEED + 1, 40, longestMillis.length)).isNotEqualTo(pauses);
    assertThat(pausesMillis(SEED, 40, longestMillis.length)).isEqualTo(pauses);
  }

  /// How long each of some tasks that are lost as soon as they begin waits, by its failure.
  private static List<List<Long>> pausesMillis(long seed, int tasks, int failures) {
    var clock = new SimulatedTime(new SplittableRandom(SEED));
    var runner =
        new TaskRunner(
            tasks,
            EnumSet.of(WorkerSize.NORMAL),
            new RetryPolicy(failures + 1, Duration.ofMillis(100)),
            new Cancellation(),
            clock,
            new SplittableRandom(seed));
    List<List<Long>> pauses =
        IntStream.range(0, failures).<List<Long>>mapToObj(_ -> new ArrayList<>()).toList();
    for (int task = 0; task < tasks; task++) {
      var lostNanos = new AtomicLong();
      var _ =
          runner.start(
              task(task),
              (number, _) -> {
                if (number > 1) {
                  pauses.get(number - 2).add((clock.nanos() - lostNanos.get()) / 1_000_000);
                }
                lostNanos.set(clock.nanos());
                return CompletableFuture.failedFuture(
                    new FrazilException(ErrorCode.ATTEMPT_LOST, "as scripted"));
              });
    }
    clock.run();
    assertThat(pauses).allSatisfy(each -> assertThat(each).hasSize(tasks));
    return pauses;
  }

  @Test
  void aTwinThatIsLostHarmsNothing() {
    TaskRunner runner = runner(10, RetryPolicy.REMOTE, EnumSet.of(WorkerSize.NORMAL));
    var results =
        startEight(
            runner, (n, _) -> n == 1 ? done(task(5), n, 20_000) : failed(ErrorCode.ATTEMPT_LOST));
    time.run();
    assertThat(results.get(5).join().attempt()).isEqualTo(1);
    assertThat(log).hasSize(9);
  }

  @Test
  void whatRunsInThisProcessGetsNoTwinAndNoLargerWorker() {
    TaskRunner runner = runner(10, RetryPolicy.DEFAULT, EnumSet.allOf(WorkerSize.class));
    assertThat(runner.times(task(0))).isEmpty();
  }

  @Test
  void cancellingWaitsForWhatRunsNoLongerThanTheGrace() {
    TaskRunner runner = runner(1, RetryPolicy.REMOTE, EnumSet.of(WorkerSize.NORMAL));
    var running = runner.start(task(0), attempts(task(0), (n, _) -> done(task(0), n, 600_000)));
    var waiting = runner.start(task(1), attempts(task(1), (n, _) -> done(task(1), n, 1)));
    var _ = time.after(Duration.ofSeconds(1), cancellation::cancel);
    time.runUntil(Duration.ofMillis(1_001));
    assertThat(waiting).isCompletedExceptionally();
    time.runUntil(Duration.ofMillis(5_900));
    assertThat(running).isNotDone();
    time.runUntil(Duration.ofMillis(6_100));
    assertThatThrownBy(() -> running.getNow(null)).hasRootCauseMessage("The query was cancelled");
    time.run();
    assertThat(log).hasSize(1);
  }

  @Test
  void afterTheGraceNobodyWaitsForWhatRuns() {
    TaskRunner runner = runner(2, RetryPolicy.REMOTE, EnumSet.of(WorkerSize.NORMAL));
    List<CompletableFuture<FragmentResponse>> calls =
        List.of(new CompletableFuture<>(), new CompletableFuture<>());
    var _ = runner.start(task(0), (_, _) -> calls.get(0));
    var _ = runner.start(task(1), (_, _) -> calls.get(1));
    var _ = time.after(Duration.ofSeconds(1), cancellation::cancel);
    time.runUntil(Duration.ofMillis(5_900));
    assertThat(calls).allMatch(call -> !call.isDone());
    time.runUntil(Duration.ofMillis(6_100));
    assertThat(calls).allMatch(CompletableFuture::isCancelled);
  }

  private TaskRunner runner(int concurrency, RetryPolicy policy, EnumSet<WorkerSize> sizes) {
    return new TaskRunner(
        concurrency, sizes, policy, cancellation, time, new SplittableRandom(SEED));
  }

  private CompletableFuture<FragmentResponse> start(RetryPolicy policy, Script script) {
    var result =
        runner(10, policy, EnumSet.of(WorkerSize.NORMAL)).start(task(0), attempts(task(0), script));
    time.run();
    return result;
  }

  /// Of whose first attempts one takes ten minutes, and all others 700 ms.
  private List<CompletableFuture<FragmentResponse>> startOfWhichTheFirstHangs(
      TaskRunner runner, int tasks) {
    return IntStream.range(0, tasks)
        .mapToObj(AttemptsTest::task)
        .map(task ->
            runner.start(
                task,
                attempts(
                    task, (n, _) -> done(task, n, task.task() == 0 && n == 1 ? 600_000 : 700))))
        .toList();
  }

  /// Tasks of 700 ms each, but for number 5.
  private List<CompletableFuture<FragmentResponse>> startEight(TaskRunner runner, Script fifth) {
    return IntStream.range(0, 8)
        .mapToObj(AttemptsTest::task)
        .map(task ->
            runner.start(
                task, attempts(task, task.task() == 5 ? fifth : (n, _) -> done(task, n, 700))))
        .toList();
  }

  private Attempts attempts(TaskId task, Script script) {
    return (number, size) -> {
      log.add("%d ms: %d.%d %s".formatted(time.nanos() / 1_000_000, task.task(), number, size));
      Answer answer = script.answer(number, size);
      var response = new CompletableFuture<FragmentResponse>();
      var _ =
          time.after(
              answer.after(),
              () ->
                  answer
                      .response()
                      .whenComplete((r, e) -> {
                        if (e == null) {
                          response.complete(r);
                        } else {
                          response.completeExceptionally(e);
                        }
                      }));
      return response;
    };
  }

  private static TaskId task(int number) {
    return new TaskId("q", 1, number);
  }

  private static Answer done(int number) {
    return done(task(0), number, 10);
  }

  private static Answer done(TaskId task, int number, int millis) {
    return new Answer(
        Duration.ofMillis(millis),
        CompletableFuture.completedFuture(SimulatedWorkers.response(task, number, "{}")));
  }

  private static Answer failed(ErrorCode code) {
    return failed(code, 10);
  }

  private static Answer failed(ErrorCode code, int millis) {
    return new Answer(
        Duration.ofMillis(millis),
        CompletableFuture.failedFuture(new FrazilException(code, "as scripted")));
  }
}
