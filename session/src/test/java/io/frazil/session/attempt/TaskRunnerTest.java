package io.frazil.session.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.task.Cancellation;
import io.frazil.events.FragmentResponse;
import io.frazil.json.JsonText;
import io.frazil.session.dispatch.ErrorMessages;
import io.frazil.session.dispatch.WorkerSize;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TaskRunnerTest {
  private static final TaskId TASK = new TaskId("q", 1, 2);
  private static final FragmentResponse.Statistics NONE =
      new FragmentResponse.Statistics(0, 0, 0, 0, 0, null, Map.of());

  private static final Set<WorkerSize> NORMAL = Set.of(WorkerSize.NORMAL);

  private final Cancellation cancellation = new Cancellation();
  private final List<Integer> attempts = new ArrayList<>();

  @Test
  void oneAttemptSuffices() {
    assertThat(run(number -> done(number)).attempt()).isEqualTo(1);
    assertThat(attempts).containsExactly(1);
  }

  @Test
  void aTransientErrorIsTriedAgain() {
    assertThat(run(n -> n < 3 ? failed(n, ErrorCode.STORE_UNAVAILABLE) : done(n)).attempt())
        .isEqualTo(3);
  }

  @Test
  void aLostAttemptIsTriedAgain() {
    assertThat(run(n -> n < 2 ? lost() : done(n)).attempt()).isEqualTo(2);
  }

  @Test
  void attemptsAreLimited() {
    assertThatThrownBy(() -> run(_ -> lost()))
        .isInstanceOfSatisfying(
            FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ATTEMPT_LOST))
        .hasMessage(
            "task 2 of stage 1 failed in 3 attempts: task 2 of stage 1 was lost:"
                + " java.io.IOException: connection reset");
    assertThat(attempts).containsExactly(1, 2, 3);
  }

  @Test
  void anErrorOfTheTaskIsNotTriedAgain() {
    assertThatThrownBy(() -> run(n -> failed(n, ErrorCode.NUMERIC_OVERFLOW)))
        .isInstanceOfSatisfying(
            FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NUMERIC_OVERFLOW))
        .hasMessage("as scripted");
    assertThat(attempts).containsExactly(1);
  }

  @Test
  void anAnswerForAnotherAttemptIsRefused() {
    assertThatThrownBy(() -> run(_ -> done(7)))
        .hasMessage(
            "attempt 1 at task 2 of stage 1 was answered for attempt 7 at task 2 of stage 1");
  }

  @Test
  void aCancelledQueryStartsNoAttempt() {
    cancellation.cancel();
    assertThatThrownBy(() -> run(n -> done(n))).hasMessage("The query was cancelled");
    assertThat(attempts).isEmpty();
  }

  @Test
  void cancellingWaitsForTheAttemptThatRuns() throws InterruptedException {
    var running = new CompletableFuture<FragmentResponse>();
    var started = new CountDownLatch(1);
    var failure = new CompletableFuture<Throwable>();
    Thread.ofVirtual()
        .start(() -> {
          try {
            run(_ -> {
              started.countDown();
              return running;
            });
          } catch (FrazilException e) {
            failure.complete(e);
          }
        });
    started.await();
    cancellation.cancel();
    assertThat(failure).isNotDone();
    running.complete(response(1, ErrorCode.CANCELLED));
    assertThat(failure.join()).hasMessage("The query was cancelled");
  }

  @Test
  void noMoreAttemptsRunThanThereAreWorkers() throws InterruptedException {
    var runner = new TaskRunner(2, NORMAL, RetryPolicy.DEFAULT, cancellation);
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      threads.add(
          Thread.ofVirtual()
              .start(() ->
                  runner.run(
                      TASK,
                      (number, _) ->
                          CompletableFuture.supplyAsync(() -> {
                            most.accumulateAndGet(running.incrementAndGet(), Math::max);
                            Thread.onSpinWait();
                            running.decrementAndGet();
                            return done(number).join();
                          }))));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(most.get()).isBetween(1, 2);
  }

  private FragmentResponse run(IntFunction<CompletableFuture<FragmentResponse>> script) {
    return new TaskRunner(1, NORMAL, new RetryPolicy(3, Duration.ZERO), cancellation)
        .run(
            TASK,
            (number, _) -> {
              attempts.add(number);
              return script.apply(number);
            });
  }

  private static CompletableFuture<FragmentResponse> done(int attempt) {
    return CompletableFuture.completedFuture(
        new FragmentResponse("q", 1, 2, attempt, new JsonText("{}"), null, NONE, null));
  }

  private static CompletableFuture<FragmentResponse> failed(int attempt, ErrorCode code) {
    return CompletableFuture.completedFuture(response(attempt, code));
  }

  private static CompletableFuture<FragmentResponse> lost() {
    return CompletableFuture.failedFuture(new IOException("connection reset"));
  }

  private static FragmentResponse response(int attempt, ErrorCode code) {
    return new FragmentResponse(
        "q",
        1,
        2,
        attempt,
        null,
        null,
        NONE,
        ErrorMessages.encode(new FrazilException(code, "as scripted")));
  }
}
