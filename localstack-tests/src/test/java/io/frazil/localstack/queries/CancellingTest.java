package io.frazil.localstack.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.events.QueryRequest;
import io.frazil.localstack.data.Statements;
import io.frazil.localstack.doors.Door;
import io.frazil.localstack.doors.Outcome;
import io.frazil.localstack.process.Waiting;
import io.frazil.localstack.whole.OnLocalStack;
import io.frazil.localstack.whole.Whole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Workers in the middle of long work, told to stop.
@OnLocalStack
@Timeout(180)
final class CancellingTest {
  private static final int TIMES = 3;
  private static final Duration BEGIN_LIMIT = Duration.ofSeconds(60);
  private static final Duration END_LIMIT = Duration.ofSeconds(20);
  private static final Duration PROMISED = Duration.ofSeconds(2);
  private static final Duration WELL_AT_WORK = Duration.ofMillis(1500);

  private final Whole whole;

  CancellingTest(Whole whole) {
    this.whole = whole;
  }

  /// One time of several is enough: how long a machine takes that has other work to do is not the
  /// functions' promise.
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void workersStopWithinTwoSeconds(boolean inSteps) {
    var times = new ArrayList<Duration>();
    do {
      times.add(cancelled(inSteps ? whole.stateMachine() : whole.http()));
    } while (times.size() < TIMES && times.getLast().compareTo(PROMISED) > 0);
    assertThat(times.getLast()).as("the last of %s", times).isLessThanOrEqualTo(PROMISED);
  }

  /// How long workers went on.
  private Duration cancelled(Door door) {
    String worker = whole.deployed().worker();
    String token = UUID.randomUUID().toString();
    QueryRequest request = QueryRequest.of(Statements.LONG).withToken(token);
    CompletableFuture<Outcome> outcome =
        CompletableFuture.supplyAsync(() -> door.run(request), Thread::startVirtualThread);
    assertThat(Waiting.until(BEGIN_LIMIT, () -> isWellAtWork(worker)))
        .as("workers at work")
        .isTrue();

    long start = System.nanoTime();
    door.cancel(token);
    assertThat(whole.environments().areIdleWithin(END_LIMIT, worker)).as("workers end").isTrue();
    Duration time = Duration.ofNanos(System.nanoTime() - start);

    assertThat(outcome.orTimeout(END_LIMIT.toSeconds(), TimeUnit.SECONDS).join())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> assertThat(failed.error().code()).isEqualTo("CANCELLED"));
    return time;
  }

  /// Short stages come before the long one.
  private boolean isWellAtWork(String worker) {
    List<String> busy = whole.environments().busy(worker);
    Waiting.pause(WELL_AT_WORK);
    return !busy.isEmpty() && whole.environments().busy(worker).containsAll(busy);
  }
}
