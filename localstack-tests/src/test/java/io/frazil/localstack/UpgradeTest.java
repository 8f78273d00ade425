package io.frazil.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.events.QueryRequest;
import io.frazil.localstack.FaultProxy.Fault;
import io.frazil.oracle.Answer;
import io.frazil.oracle.Answers;
import io.frazil.oracle.TpchOracle;
import io.frazil.session.QueryId;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Versions that come and go while queries run.
@OnLocalStack
@Timeout(300)
final class UpgradeTest {
  private static final Duration BEGIN_LIMIT = Duration.ofSeconds(60);
  private static final int END_SECONDS = 120;

  private final Whole whole;
  private final Answer expected;

  UpgradeTest(Whole whole) {
    this.whole = whole;
    try (TpchOracle oracle = whole.lake().oracle()) {
      this.expected = oracle.query(FaultRun.SQL);
    }
  }

  @AfterEach
  void letThrough() {
    whole.view().faults(FaultProxy.Faults.NONE);
  }

  @Test
  void aQueryEndsWithTheVersionItBeganWith() {
    Deployed first = whole.deployed();
    var before = new Held(first);
    Deployed second = whole.upgrade();
    assertRight(whole.http().run(request()));
    before.end();

    var after = new Held(second);
    whole.roll(first);
    assertRight(whole.http().run(request()));
    after.end();
  }

  private QueryRequest request() {
    return QueryRequest.of(FaultRun.SQL);
  }

  private void assertRight(Outcome outcome) {
    Answers.assertSameRows(FaultRun.SQL, outcome.answer(), expected);
  }

  /// A query whose workers wait before they read anything.
  private final class Held {
    private final Deployed deployed;
    private final String token = UUID.randomUUID().toString();
    private final String id = QueryId.of("", token);
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch held = new CountDownLatch(1);
    private final CompletableFuture<Outcome> outcome;

    Held(Deployed deployed) {
      this.deployed = deployed;
      whole.view().faults(this::hold);
      var door = new DirectDoor(whole.functions(), deployed.coordinator());
      this.outcome =
          CompletableFuture.supplyAsync(
              () -> door.run(request().withToken(token)), Thread::startVirtualThread);
      assertThat(Waiting.until(BEGIN_LIMIT, () -> held.getCount() == 0))
          .as("a worker begins")
          .isTrue();
      // Those that follow are others' queries.
      whole.view().faults(FaultProxy.Faults.NONE);
    }

    /// Lets it go on, and sees that it ended right and with no other version's help.
    void end() {
      release.countDown();
      assertRight(outcome.orTimeout(END_SECONDS, TimeUnit.SECONDS).join());
      Set<String> helpers =
          whole.view().calls().stream()
              .filter(call -> call.path().contains("/" + id + "/"))
              .map(call -> call.function() + ":" + call.version())
              .collect(Collectors.toSet());
      assertThat(helpers).containsExactlyInAnyOrder(deployed.coordinator(), deployed.worker());
    }

    private Fault hold(Call call) {
      if (Moment.SCAN.isNow(call, deployed)) {
        held.countDown();
        try {
          boolean _ = release.await(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
      return Fault.NONE;
    }
  }
}
