package io.frazil.localstack.queries;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.events.HttpAnswer;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.QueryState;
import io.frazil.events.QueryState.Phase;
import io.frazil.localstack.deployment.Deployed;
import io.frazil.localstack.doors.Door;
import io.frazil.localstack.doors.Outcome;
import io.frazil.localstack.process.Waiting;
import io.frazil.localstack.whole.OnLocalStack;
import io.frazil.localstack.whole.Whole;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Two hundred queries at once where functions may run eight times at a time: what doors say of
/// them, and what the store says.
@OnLocalStack
@Timeout(300)
@ResourceLock(Whole.CONCURRENCY)
final class CrowdTest {
  private static final int QUERIES = 200;
  private static final int CONCURRENCY = 8;
  private static final int WORKERS = 2;
  private static final Duration END_LIMIT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(100);

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

  /// As an HTTP API does where Lambda refuses the invocation; its own throttling is told by 429.
  @Test
  void aRequestThatTheHttpFunctionHasNoRoomForIsTheGatewaysToAnswer() {
    whole.functions().limit(whole.deployed().httpName(), 0);
    HttpAnswer refused = whole.http().ask("GET", "/v1/queries", null);
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.body()).isEqualTo("{\"message\":\"Service Unavailable\"}");
    assertThat(whole.http().run(QueryRequest.of("SELECT 1"))).isEqualTo(new Outcome.TooMany());
  }

  private void limit(String name, int concurrency) {
    whole.functions().limit(whole.deployed().workerName(), WORKERS);
    whole.functions().limit(name, concurrency);
  }

  private void check(Door door) {
    var start = new CountDownLatch(1);
    List<Asked> crowd =
        IntStream.range(0, QUERIES).mapToObj(i -> new Asked(door, i, start)).toList();
    start.countDown();
    long answered = crowd.stream().filter(Asked::isAnswered).count();
    assertThat(answered).isBetween((long) WORKERS, QUERIES - 1L);
    crowd.forEach(Asked::checkStored);
    crowd.stream().filter(Asked::isAnswered).limit(WORKERS).forEach(Asked::checkAskedAgain);
  }

  /// One of the crowd.
  private final class Asked {
    private final Door door;
    private final int number;
    private final QueryRequest request;
    private final String id;
    private final CompletableFuture<Outcome> outcome;

    Asked(Door door, int number, CountDownLatch start) {
      this.door = door;
      this.number = number;
      String token = UUID.randomUUID().toString();
      this.id = door.query(token);
      this.request =
          QueryRequest.of("SELECT count(*) + " + number + " FROM nation").withToken(token);
      this.outcome =
          CompletableFuture.supplyAsync(
              () -> {
                Waiting.on(start);
                return door.run(request);
              },
              Thread::startVirtualThread);
    }

    /// Whether it was, and rightly; otherwise it was refused.
    boolean isAnswered() {
      return switch (outcome.join()) {
        case Outcome.Answered(var answer) -> {
          assertThat(answer.rows()).as("query %d", number).isEqualTo(expected());
          yield true;
        }
        case Outcome.TooMany() -> false;
        case Outcome.Failed(var error) ->
            throw new AssertionError("query %d failed: %s".formatted(number, error));
      };
    }

    /// Whatever was accepted has ended: right, or as one too many. What was answered was accepted.
    void checkStored() {
      Optional<QueryState> accepted = whole.queries().state(id);
      assertThat(accepted.isPresent() || !isAnswered()).as("query %d", number).isTrue();
      accepted.ifPresent(state -> checkEnd(state.phase().isTerminal() ? state : ended()));
    }

    private QueryState ended() {
      assertThat(Waiting.until(END_LIMIT, POLL, () -> state().phase().isTerminal()))
          .as("query %d ends: %s", number, state())
          .isTrue();
      return state();
    }

    private void checkEnd(QueryState state) {
      assertThat(state.leaseMillis()).as("the lease of query %d", number).isZero();
      if (state.phase() == Phase.DONE) {
        QueryResponse response = whole.queries().response(id).orElseThrow();
        assertThat(response.error()).isNull();
        if (response.output() == null) {
          assertThat(response.rows()).as("query %d in the store", number).isEqualTo(expected());
        } else {
          checkAskedAgain();
        }
      } else {
        assertThat(state.error()).as("query %d: %s", number, state).isNotNull();
        assertThat(state.error().code()).isEqualTo("THROTTLED");
        assertThat(isAnswered()).isFalse();
      }
    }

    void checkAskedAgain() {
      assertThat(door.run(request).answer().rows())
          .as("query %d, asked for again", number)
          .isEqualTo(expected());
    }

    private List<List<Long>> expected() {
      return List.of(List.of(25L + number));
    }

    private QueryState state() {
      return whole.queries().state(id).orElseThrow();
    }
  }
}
