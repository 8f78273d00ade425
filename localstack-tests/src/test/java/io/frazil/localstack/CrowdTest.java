package io.frazil.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.events.QueryRequest;
import io.frazil.oracle.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two hundred queries at once where functions may run eight times at a time.
@OnLocalStack
@Timeout(300)
final class CrowdTest {
  private static final int QUERIES = 200;
  private static final int CONCURRENCY = 8;
  private static final int WORKERS = 2;

  private final Whole whole;

  CrowdTest(Whole whole) {
    this.whole = whole;
  }

  @AfterEach
  void unlimited() {
    Deployed deployed = whole.deployed();
    for (String name :
        List.of(deployed.httpName(), deployed.coordinatorName(), deployed.workerName())) {
      whole.functions().unlimited(name);
    }
  }

  @Test
  void eachByDirectInvocationIsRightOrRefusedAsTooMany() {
    limit(whole.deployed().coordinatorName(), CONCURRENCY - WORKERS);
    check(whole.direct());
  }

  @Test
  void eachByTheHttpDoorIsRightOrRefusedAsTooMany() {
    limit(whole.deployed().httpName(), CONCURRENCY / 2);
    limit(whole.deployed().coordinatorName(), CONCURRENCY / 2 - WORKERS);
    check(whole.http());
  }

  private void limit(String name, int concurrency) {
    whole.functions().limit(whole.deployed().workerName(), WORKERS);
    whole.functions().limit(name, concurrency);
  }

  private void check(Door door) {
    var start = new CountDownLatch(1);
    List<CompletableFuture<Outcome>> asked =
        IntStream.range(0, QUERIES)
            .mapToObj(i ->
                CompletableFuture.supplyAsync(
                    () -> ask(door, i, start), Thread::startVirtualThread))
            .toList();
    start.countDown();
    var answers = new ArrayList<Answer>();
    int refused = 0;
    for (int i = 0; i < QUERIES; i++) {
      switch (asked.get(i).join()) {
        case Outcome.Answered(Answer answer) -> {
          assertThat(answer.rows()).as("query %d", i).isEqualTo(List.of(List.of(25L + i)));
          answers.add(answer);
        }
        case Outcome.TooMany() -> refused++;
        case Outcome.Failed(var error) ->
            throw new AssertionError("query %d failed: %s".formatted(i, error));
      }
    }
    assertThat(answers).hasSizeGreaterThanOrEqualTo(WORKERS);
    assertThat(refused).isPositive();
  }

  private static Outcome ask(Door door, int number, CountDownLatch start) {
    try {
      start.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return door.run(QueryRequest.of("SELECT count(*) + " + number + " FROM nation"));
  }
}
