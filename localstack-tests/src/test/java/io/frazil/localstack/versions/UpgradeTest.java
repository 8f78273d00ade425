package io.frazil.localstack.versions;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.coordinator.query.QueryRunner;
import io.frazil.events.ErrorMessage;
import io.frazil.events.FragmentResponse;
import io.frazil.events.Json;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryState.Phase;
import io.frazil.events.StepAnswer;
import io.frazil.events.StepQuery;
import io.frazil.localstack.data.Statements;
import io.frazil.localstack.deployment.Deployed;
import io.frazil.localstack.deployment.StateMachines;
import io.frazil.localstack.doors.DirectDoor;
import io.frazil.localstack.doors.Door;
import io.frazil.localstack.doors.Fragments;
import io.frazil.localstack.doors.Outcome;
import io.frazil.localstack.doors.StateMachineDoor;
import io.frazil.localstack.process.Waiting;
import io.frazil.localstack.stack.LocalStack;
import io.frazil.localstack.traffic.Call;
import io.frazil.localstack.traffic.FaultProxy;
import io.frazil.localstack.traffic.FaultProxy.Fault;
import io.frazil.localstack.whole.Moment;
import io.frazil.localstack.whole.OnLocalStack;
import io.frazil.localstack.whole.Whole;
import io.frazil.oracle.Answer;
import io.frazil.oracle.Answers;
import io.frazil.oracle.TpchOracle;
import io.frazil.session.QueryId;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/// Versions that come and go while queries run, each from a build of its own: what one build wrote,
/// the other neither runs nor goes on with.
@OnLocalStack
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class UpgradeTest {
  private static final String NEXT_BUILD = "the-next";
  private static final Duration BEGIN_LIMIT = Duration.ofSeconds(120);
  private static final int END_SECONDS = 120;

  private final LocalStack stack;
  private final Whole whole;
  private final Answer expected;
  private final Deployed first;
  private Deployed second;

  /// Whose leases run out while other tests run.
  private List<Lost> lost = List.of();

  UpgradeTest(LocalStack stack, Whole whole) {
    this.stack = stack;
    this.whole = whole;
    this.first = whole.deployed();
    this.second = first;
    try (TpchOracle oracle = whole.lake().oracle()) {
      this.expected = oracle.query(Statements.ALL_KINDS);
    }
  }

  @BeforeAll
  void publishTheNext() throws IOException {
    second = whole.upgrade(whole.deployment().rebuilt(NEXT_BUILD));
    whole.roll(first);
    lost = List.of(new Lost(first), new Lost(second));
  }

  @AfterEach
  void letThrough() {
    whole.view().faults(FaultProxy.Faults.NONE);
  }

  @AfterAll
  void rollBack() {
    whole.roll(first);
  }

  @Test
  void aQueryEndsWithTheVersionItBeganWith() {
    var before = new Held(first, direct(first));
    var beforeByItsMachine = new Held(first, whole.stateMachine());
    var beforeByHttp = new Held(first, whole.http());
    whole.roll(second);
    assertRight(whole.http().run(request()));
    List.of(before, beforeByItsMachine, beforeByHttp).forEach(Held::letGo);
    before.end();
    beforeByItsMachine.end();
    beforeByHttp.endByHttp();

    var after = new Held(second, direct(second));
    var afterByHttp = new Held(second, whole.http());
    whole.roll(first);
    assertRight(whole.http().run(request()));
    List.of(after, afterByHttp).forEach(Held::letGo);
    after.end();
    afterByHttp.endByHttp();
  }

  /// After an upgrade, and after a roll-back.
  @Test
  @Order(Integer.MAX_VALUE)
  void aQueryWhoseCoordinatorWasLostBeginsAnewWithAnother() {
    Lost before = lost.getFirst();
    Lost after = lost.getLast();
    CompletableFuture<Outcome> upgraded = before.goOnWith(second);
    CompletableFuture<Outcome> rolledBack = after.goOnWith(first);
    assertRight(upgraded.join());
    assertRight(rolledBack.join());
    before.checkBegunAnew(second);
    after.checkBegunAnew(first);
  }

  /// What is handed over goes to the machine that was deployed last.
  @Test
  void aQueryThatIsHandedOverEndsWithTheMachinesVersion() throws IOException {
    for (List<Deployed> turn : List.of(List.of(first, second), List.of(second, first))) {
      Deployed from = turn.getFirst();
      Deployed to = turn.getLast();
      String name = "upgrade-" + to.coordinator().replace(':', '-');
      try (StateMachines machine = StateMachines.create(stack, name, to)) {
        StateMachineDoor door = whole.stateMachine(machine);
        QueryRequest request = request().withToken(UUID.randomUUID().toString());
        String id = door.queries().submit(QueryRunner.OPERATOR, request);
        assertThat(step(from, id).next()).isEqualTo(StepAnswer.Next.TASKS);
        assertRight(door.run(request));
        assertThat(helpers(id))
            .containsExactlyInAnyOrder(from.coordinator(), to.coordinator(), to.worker());
      }
    }
  }

  @Test
  void aWorkerRefusesWhatAnotherBuildPlanned() {
    assertThat(answer(first).error()).isNull();
    ErrorMessage refused = answer(second).error();
    assertThat(refused).isNotNull();
    assertThat(refused.code()).isEqualTo("VERSION_MISMATCH");
    assertThat(refused.message()).contains("this worker has " + NEXT_BUILD);
  }

  /// Of a worker to what the first build planned.
  private FragmentResponse answer(Deployed deployed) {
    byte[] fragment = Json.encode(Fragments.of(whole.deployed().results(), QueryId.next(), 1));
    return Json.decode(
        whole.functions().invoke(deployed.worker(), fragment).payload().asByteArray(),
        FragmentResponse.class);
  }

  private DirectDoor direct(Deployed deployed) {
    return new DirectDoor(whole.functions(), deployed.coordinator());
  }

  private static QueryRequest request() {
    return QueryRequest.of(Statements.ALL_KINDS);
  }

  private void assertRight(Outcome outcome) {
    Answers.assertSameRows(Statements.ALL_KINDS, outcome.answer(), expected);
  }

  private StepAnswer step(Deployed deployed, String id) {
    byte[] message = Json.encode(StepQuery.of(id));
    return Json.decode(
        whole.functions().invoke(deployed.coordinator(), message).payload().asByteArray(),
        StepAnswer.class);
  }

  /// The versions that touched a query's objects.
  private Set<String> helpers(String id) {
    return whole.view().calls().stream()
        .filter(call -> call.path().contains("/" + id + "/"))
        .map(call -> call.function() + ":" + call.version())
        .collect(Collectors.toSet());
  }

  /// A query whose workers wait before they read anything.
  private final class Held {
    private final Deployed deployed;
    private final String id;
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch held = new CountDownLatch(1);
    private final CompletableFuture<Outcome> outcome;

    Held(Deployed deployed, Door door) {
      this.deployed = deployed;
      String token = UUID.randomUUID().toString();
      this.id = door.query(token);
      whole.view().faults(this::hold);
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
      release();
      assertThat(helpers(id)).containsExactlyInAnyOrder(deployed.coordinator(), deployed.worker());
    }

    /// The same of a query that was asked for over HTTP: whoever asks for its state and result does
    /// so by the version that is live, which is both in turn. Nobody else works for it.
    void endByHttp() {
      release();
      assertThat(helpers(id))
          .contains(deployed.worker())
          .isSubsetOf(first.http(), second.http(), deployed.coordinator(), deployed.worker());
    }

    void letGo() {
      release.countDown();
    }

    private void release() {
      letGo();
      assertRight(outcome.orTimeout(END_SECONDS, TimeUnit.SECONDS).join());
    }

    private Fault hold(Call call) {
      if (Moment.SCAN.isNow(call, deployed)) {
        held.countDown();
        Waiting.on(release);
      }
      return Fault.NONE;
    }
  }

  /// A query whose coordinator was lost as soon as another could go on with it.
  private final class Lost {
    private final QueryRequest request = request().withToken(UUID.randomUUID().toString());
    private final Deployed deployed;
    private final String id;
    private final CountDownLatch kept = new CountDownLatch(1);

    Lost(Deployed deployed) {
      this.deployed = deployed;
      this.id = QueryRunner.id(String.valueOf(request.token()));
      whole.view().faults(this::untilKept);
      InvokeResponse lost = whole.functions().invoke(deployed.coordinator(), Json.encode(request));
      whole.view().faults(FaultProxy.Faults.NONE);
      assertThat(lost.functionError()).isEqualTo("Unhandled");
      assertThat(whole.queries().objects(id)).contains("stages/1/plan.jsonl");
      assertThat(whole.queries().state(id).orElseThrow().phase()).isEqualTo(Phase.RUNNING);
    }

    CompletableFuture<Outcome> goOnWith(Deployed other) {
      return CompletableFuture.supplyAsync(
          () -> direct(other).run(request), Thread::startVirtualThread);
    }

    /// All that another version's workers wrote lies under an epoch of its own.
    void checkBegunAnew(Deployed other) {
      assertThat(whole.view().calls())
          .filteredOn(call -> call.writes() && call.path().contains("/" + id + "/"))
          .filteredOn(call -> other.worker().equals(call.function() + ":" + call.version()))
          .isNotEmpty()
          .allMatch(call -> call.path().contains("/stages/2/"));
    }

    /// Workers wait until the plan is kept; what the coordinator does next is its last.
    private Fault untilKept(Call call) {
      boolean own = call.path().contains("/" + id + "/") && call.isBy(deployed.coordinator());
      if (own && kept.getCount() == 0) {
        whole.environments().kill(call.function(), call.environment());
        return Fault.RESET;
      }
      if (own && call.writes() && call.path().endsWith("/plan.jsonl")) {
        kept.countDown();
      } else if (Moment.SCAN.isNow(call, deployed)) {
        Waiting.on(kept);
      }
      return Fault.NONE;
    }
  }
}
