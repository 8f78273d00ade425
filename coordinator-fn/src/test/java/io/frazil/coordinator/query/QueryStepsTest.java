package io.frazil.coordinator.query;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.coordinator.CoordinatorHandler;
import io.frazil.coordinator.StepUnavailable;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.ErrorMessage;
import io.frazil.events.Json;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.QueryState;
import io.frazil.events.QueryState.Phase;
import io.frazil.events.Spent;
import io.frazil.events.StepAnswer;
import io.frazil.events.StepAnswer.Next;
import io.frazil.events.StepQuery;
import io.frazil.events.StoredTask;
import io.frazil.session.cost.Estimate;
import io.frazil.session.dispatch.Dispatcher;
import io.frazil.worker.CancelledFailure;
import io.frazil.worker.TaskFailure;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Queries whose tasks this test runs, in the place of a state machine.
@Timeout(60)
class QueryStepsTest {
  private static final String QUERY = LostCoordinators.QUERY;
  static final String FAILING =
      "SELECT a.k, sum(1 / (b.v - b.v)) FROM facts a FULL JOIN facts b ON a.k = b.k GROUP BY a.k";

  @TempDir private Path folder;
  private LostCoordinators coordinators;
  private QuerySteps steps;
  private ListedTasks tasks;

  @BeforeEach
  void open() {
    coordinators = new LostCoordinators(folder);
    steps = new QuerySteps(coordinators.runner());
    tasks = new ListedTasks(coordinators.worker);
  }

  @AfterEach
  void close() {
    coordinators.close();
  }

  @Test
  void stepByStepAQueryGivesTheSame() {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    StepAnswer scans = step(id);
    assertThat(tasks(scans)).extracting(StoredTask::stage).containsOnly(0, 1);
    assertThat(scans.concurrency()).isEqualTo(LostCoordinators.WORKERS);
    run(scans);
    StepAnswer join = step(id);
    assertThat(tasks(join)).extracting(StoredTask::stage).containsOnly(2);
    run(join);
    assertThat(step(id)).isEqualTo(StepAnswer.of(Next.DONE));
    assertThat(coordinators.requests).as("sent by a coordinator").isEmpty();
    assertAnswered(id);
  }

  @Test
  void theResponseTellsWhatTheTasksTook() {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    runAll(id);
    QueryResponse response = coordinators.objects.response(id).orElseThrow();
    assertThat(Objects.requireNonNull(response.statistics()).stages())
        .extracting(QueryResponse.Stage::tasks)
        .containsExactly(LostCoordinators.FILES, LostCoordinators.FILES, 3, 1);
    assertThat(response.statistics().bytesRead()).isPositive();
  }

  @Test
  void aStepMadeTwiceGivesTheSame() {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    StepAnswer first = step(id);
    StepAnswer again = step(id);
    assertThat(again.key()).isNotEqualTo(first.key());
    assertThat(tasks(again))
        .extracting(StoredTask::report)
        .isEqualTo(tasks(first).stream().map(StoredTask::report).toList());
    run(first);
    run(again);
    runAll(id);
    assertThat(step(id)).as("of a query that is over").isEqualTo(StepAnswer.of(Next.DONE));
    assertAnswered(id);
  }

  @Test
  void onlyTasksThatHaveNotToldAreRunAgain() {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    List<StoredTask> all = tasks(step(id));
    all.subList(1, all.size()).forEach(task -> run(task, 1));
    assertThat(tasks(step(id)))
        .extracting(StoredTask::report)
        .containsExactly(all.getFirst().report());
  }

  @Test
  void anAttemptThatComesAfterTheReportDoesNothing() throws IOException {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    StoredTask task = tasks(step(id)).getFirst();
    run(task, 1);
    Files.delete(Path.of(task.fragments()));
    run(task, 2);
  }

  @Test
  void aQueryIsBusyWhileAnotherCoordinatorHasIt() {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    var seen = coordinators.objects.state(id).orElseThrow();
    assertThat(
            coordinators.objects.replace(
                seen, seen.state().takenBy("another", 1, Long.MAX_VALUE, Spent.NOTHING)))
        .isPresent();
    assertThat(step(id)).isEqualTo(StepAnswer.of(Next.BUSY));
  }

  /// No step may ever come: its execution may be over.
  @Test
  void whatIsCancelledBetweenStepsEndsAtOnce() {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    StoredTask task = tasks(step(id)).getFirst();
    coordinators.runner().queries().cancel(QueryRunner.OPERATOR, id);
    assertThat(coordinators.state(id).phase()).isEqualTo(Phase.CANCELLED);
    assertThatThrownBy(() -> run(task, 1)).isInstanceOf(CancelledFailure.class);
    assertThat(step(id)).isEqualTo(StepAnswer.of(Next.DONE));
    assertThat(coordinators.state(id).phase()).isEqualTo(Phase.CANCELLED);
    assertThat(coordinators.names(id)).noneMatch(name -> name.startsWith("stages/"));
  }

  /// The one who cancels finds a coordinator at work, who looked before.
  @Test
  void whatIsCancelledDuringAStepEndsWithIt() {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    var cancelling =
        new TroubledStore((operation, what) -> {
          if (operation.equals("create") && what.endsWith("/tasks.json")) {
            coordinators.runner().queries().cancel(QueryRunner.OPERATOR, id);
            assertThat(coordinators.state(id).phase()).isEqualTo(Phase.RUNNING);
          }
          return false;
        });
    StepAnswer _ = new QuerySteps(coordinators.runner(cancelling)).step(StepQuery.of(id));
    assertThat(coordinators.state(id).phase()).isEqualTo(Phase.CANCELLED);
  }

  /// All else is an answer.
  @Test
  void aStepFailsOnlyWhereItMaySucceedLater() {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    var troubled = new TroubledStore((_, what) -> what.endsWith("/state.json"));
    var coordinator = new CoordinatorHandler(coordinators.runner(troubled));
    byte[] message = Json.encode(StepQuery.of(id));
    assertThatThrownBy(() -> coordinator.handle(message))
        .isInstanceOf(StepUnavailable.class)
        .hasMessage("STORE_UNAVAILABLE: query " + id + ": no open now")
        .hasNoCause()
        .extracting(
            Throwable::getStackTrace, InstanceOfAssertFactories.array(StackTraceElement[].class))
        .isEmpty();
  }

  @Test
  void anExecutionThatIsFollowedByAnotherEnds() {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    assertThat(tasks(steps.step(by("second", id)))).isNotEmpty();
    QueryState between = coordinators.state(id);
    assertThat(steps.step(by("first", id))).isEqualTo(StepAnswer.of(Next.DONE));
    assertThat(coordinators.state(id)).isEqualTo(between);
    assertThat(tasks(steps.step(by("second", id)))).isNotEmpty();
  }

  private static StepQuery by(String execution, String id) {
    return new StepQuery(id, null, null, execution);
  }

  @Test
  void aTaskThatFailsForGoodFailsTheQueryWithItsOwnError() {
    String id = coordinators.submit(QueryRequest.of(FAILING));
    run(step(id));
    StoredTask failing = tasks(step(id)).getFirst();
    assertThatThrownBy(() -> run(failing, 1))
        .isInstanceOf(TaskFailure.class)
        .hasMessage(
            "DIVISION_BY_ZERO: query %s, stage %d, task %d"
                .formatted(id, failing.stage(), failing.task()));
    var failed = new StepQuery.Failed("States.ExceedToleratedFailureThreshold", "one of them");
    assertThat(steps.step(new StepQuery(id, failed, null, null)))
        .isEqualTo(StepAnswer.of(Next.DONE));
    assertThat(coordinators.state(id).phase()).isEqualTo(Phase.FAILED);
    assertThat(error(id).code()).isEqualTo("DIVISION_BY_ZERO");
    assertThat(error(id).message()).isEqualTo("Division by zero: 1 / 0");
  }

  @Test
  void whatAStateMachineCouldNotDoFailsTheQuery() {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    StepAnswer _ = step(id);
    var failed = new StepQuery.Failed("States.Timeout", null);
    assertThat(steps.step(new StepQuery(id, failed, null, null)))
        .isEqualTo(StepAnswer.of(Next.DONE));
    assertThat(error(id).message())
        .isEqualTo("The query's state machine could not get a task done: States.Timeout: null");
  }

  /// What is listed beyond that begins when nobody looks at what it costs.
  @Test
  void withABudgetNoMoreTasksAreListedThanRunAtOnce() {
    String id = coordinators.submit(QueryRequest.of(QUERY).withBudget(new BigDecimal("0.5")));
    assertThat(step(id).tasks()).isEqualTo(LostCoordinators.WORKERS);
    runAll(id);
    assertAnswered(id);
  }

  /// Eight tasks cost ten cents each at the most, whatever they do.
  @Test
  void withABudgetForTheMostThatTasksCostAllAreListed() {
    String id = coordinators.submit(QueryRequest.of(QUERY).withBudget(BigDecimal.ONE));
    assertThat(step(id).tasks()).isEqualTo(2 * LostCoordinators.FILES);
  }

  @Test
  void aBudgetThatTheNextTasksDoNotFitEndsTheQuery() {
    assertStopped(
        steps, coordinators.submit(QueryRequest.of(QUERY).withBudget(new BigDecimal("0.0004"))));
  }

  @Test
  void aDeploymentsBudgetIsThatOfAQueryWithoutItsOwn() {
    QueryRunner runner = coordinators.runner(session -> session.budget(new BigDecimal("0.0004")));
    assertStopped(new QuerySteps(runner), coordinators.submit(QueryRequest.of(QUERY)));
  }

  /// Of two steps and the tasks in between, transitions alone cost 0.0002.
  private void assertStopped(QuerySteps made, String id) {
    StepAnswer first = made.step(StepQuery.of(id));
    assertThat(first.tasks()).isBetween(1, LostCoordinators.WORKERS);
    run(first);
    StepAnswer next = made.step(StepQuery.of(id));
    while (next.next() == Next.TASKS) {
      run(next);
      next = made.step(StepQuery.of(id));
    }
    assertThat(error(id).code()).isEqualTo("BUDGET_EXCEEDED");
    QueryResponse response = coordinators.objects.response(id).orElseThrow();
    assertThat(response.ledger()).isNotNull();
    assertThat(response.ledger().lines())
        .extracting(QueryResponse.Line::item)
        .contains("transitions", "worker compute", "coordinator compute");
    assertThat(response.ledger().dollars()).isBetween(0.0002, 0.0005);
    assertThat(coordinators.requests).as("sent by a coordinator").isEmpty();
  }

  @Test
  void aBudgetBelowThePredictionEndsTheQuery() {
    String id =
        coordinators.submit(QueryRequest.of(QUERY).withBudget(new BigDecimal("0.00000001")));
    assertThat(step(id)).isEqualTo(StepAnswer.of(Next.DONE));
    assertThat(error(id).code()).isEqualTo("BUDGET_EXCEEDED");
  }

  @Test
  void aStatementThatWritesIsMadeInOneStepAndNeverTwice() {
    String id = coordinators.submit(QueryRequest.of("INSERT INTO facts VALUES (1, 2)"));
    assertThat(step(id)).isEqualTo(StepAnswer.of(Next.DONE));
    assertThat(coordinators.objects.response(id).orElseThrow().updatedRows()).isEqualTo(1);
    String lost = coordinators.submit(QueryRequest.of("INSERT INTO facts VALUES (3, 4)"));
    var seen = coordinators.objects.state(lost).orElseThrow();
    assertThat(
            coordinators.objects.replace(seen, seen.state().takenBy("lost", 1, 2, Spent.NOTHING)))
        .isPresent();
    assertThat(step(lost)).isEqualTo(StepAnswer.of(Next.DONE));
    assertThat(error(lost).code()).isEqualTo("ATTEMPT_LOST");
  }

  @Test
  void whatIsExpectedToTakeLongIsHandedOver() {
    var started = new ArrayList<String>();
    String id = coordinators.submit(QueryRequest.of(QUERY));
    QueryRunner runner =
        coordinators
            .runner()
            .handingOverTo(
                new Machine(execution -> {
                  assertThat(Owner.execution(coordinators.state(id)))
                      .as("the lease, before anybody makes a step")
                      .contains(execution);
                  started.add(execution);
                }));
    assertThat(runner.run(id, budget(60_000))).as("it goes on, and nobody waits").isEmpty();
    assertThat(started).containsExactly(id + "-1");
    assertThat(coordinators.requests).as("sent by who knew it from the start").isEmpty();
    runAll(id);
    assertAnswered(id);
  }

  /// Its join has no answer before that. A watch asks once how much time there is, and last of all.
  @Test
  void whatStillRunsWhenLittleTimeIsLeftIsHandedOver() {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    var asked = new AtomicLong();
    LongSupplier remaining =
        () -> {
          asked.set(System.nanoTime());
          return Handover.MARGIN_MILLIS + 2_000;
        };
    var waited = new AtomicLong();
    var started = new CompletableFuture<String>();
    Handover machine =
        Machine.ofNone(execution -> {
          waited.set(System.nanoTime() - asked.get());
          started.complete(execution);
        });
    CompletableFuture<String> longEnough = started.copy().completeOnTimeout("", 40, SECONDS);
    Dispatcher slow =
        request ->
            request.stage() == 2
                ? longEnough.thenCompose(_ -> coordinators.answer(request))
                : coordinators.answer(request);
    QueryRunner runner = coordinators.runner(session -> session.dispatcher(slow));
    assertThat(runner.handingOverTo(machine).run(id, remaining))
        .as("it goes on, and nobody waits")
        .isEmpty();
    assertThat(started).isCompletedWithValue(id + "-1");
    assertThat(Duration.ofNanos(waited.get()))
        .as("while there was time")
        .isGreaterThanOrEqualTo(Duration.ofSeconds(2));
    runAll(id);
    assertAnswered(id);
  }

  @Test
  void whatEndsInTimeIsNotHandedOver() {
    var started = new ArrayList<String>();
    String id = coordinators.submit(QueryRequest.of(QUERY));
    QueryRunner runner = coordinators.runner().handingOverTo(Machine.ofNone(started::add));
    assertThat(runner.run(id, () -> Handover.MARGIN_MILLIS + 60_000)).isPresent();
    assertThat(started).isEmpty();
    assertAnswered(id);
  }

  @Test
  void whatCannotBeHandedOverGoesOnHere() {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    var asked = new AtomicInteger();
    var none =
        new Machine(_ -> {
          asked.incrementAndGet();
          throw new FrazilException(ErrorCode.STORE_UNAVAILABLE, "no state machine now");
        });
    assertThat(coordinators.runner().handingOverTo(none).run(id).error()).isNull();
    assertThat(asked).hasPositiveValue();
    assertAnswered(id);
  }

  @Test
  void aQueryWhoseLeaseCannotBeMovedGoesOnHere() {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    var troubled =
        new TroubledStore((operation, what) ->
            operation.equals("replace") && what.contains("\"steps/" + id + "-1\""));
    var started = new ArrayList<String>();
    QueryRunner runner = coordinators.runner(troubled).handingOverTo(new Machine(started::add));
    assertThat(runner.run(id).error()).isNull();
    assertThat(started).isEmpty();
    assertAnswered(id);
  }

  @Test
  void aQueryWhoseExecutionDiedIsTakenOnByACoordinator() {
    String id = silent("dead");
    QueryRunner runner = coordinators.runner().handingOverTo(new Machine(_ -> {}));
    assertThat(runner.queries().isAbandoned(QueryRunner.OPERATOR, id)).isTrue();
    runner.takeOn(id, () -> 50_000);
    assertThat(Owner.execution(coordinators.state(id))).as("it is long still").contains(id + "-2");
    runAll(id);
    assertThat(coordinators.objects.response(id).orElseThrow().rows())
        .isEqualTo(coordinators.expected(QUERY));
  }

  @Test
  void aQueryWhoseExecutionIsAtWorkIsLeftToIt() {
    String id = silent("alive");
    int epoch = coordinators.state(id).epoch();
    QueryRunner runner = coordinators.runner().handingOverTo(new Machine(_ -> {}));
    runner.takeOn(id, () -> 50_000);
    QueryState state = coordinators.state(id);
    assertThat(Owner.execution(state)).contains("alive");
    assertThat(state.epoch()).isEqualTo(epoch);
    assertThat(state.leaseMillis()).isGreaterThan(System.currentTimeMillis() + 60_000);
    assertThat(runner.queries().isAbandoned(QueryRunner.OPERATOR, id)).isFalse();
  }

  /// A query after its first step, whose execution said nothing for an hour.
  private String silent(String execution) {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    assertThat(tasks(steps.step(by(execution, id)))).isNotEmpty();
    var seen = coordinators.objects.state(id).orElseThrow();
    QueryState silent =
        seen.state().renewed(System.currentTimeMillis() - 3_600_000, null, seen.state().soFar());
    assertThat(coordinators.objects.replace(seen, silent)).isPresent();
    return id;
  }

  /// A state machine.
  ///
  /// @param predicted which queries are its from the start
  /// @param started told each execution's name
  private record Machine(Predicate<Estimate> predicted, Consumer<String> started)
      implements Handover {
    /// One for queries that read anything.
    Machine(Consumer<String> started) {
      this(estimate -> estimate.bytes().high() > 0, started);
    }

    /// One that no query is predicted to need.
    static Machine ofNone(Consumer<String> started) {
      return new Machine(_ -> false, started);
    }

    @Override
    public boolean isFor(Estimate estimate) {
      return predicted.test(estimate);
    }

    @Override
    public void start(String query, String execution) {
      started.accept(execution);
    }

    @Override
    public boolean isAtWork(String execution) {
      return execution.equals("alive");
    }
  }

  /// Time that runs out as it is asked for.
  private static LongSupplier budget(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    return () -> (end - System.nanoTime()) / 1_000_000;
  }

  private StepAnswer step(String id) {
    return steps.step(StepQuery.of(id));
  }

  private void runAll(String id) {
    tasks.runAll(id, steps);
  }

  private void run(StepAnswer answer) {
    tasks.run(answer);
  }

  private void run(StoredTask task, int attempt) {
    tasks.run(task, attempt);
  }

  private static List<StoredTask> tasks(StepAnswer answer) {
    return ListedTasks.of(answer);
  }

  private ErrorMessage error(String id) {
    return Objects.requireNonNull(coordinators.state(id).error());
  }

  private void assertAnswered(String id) {
    QueryResponse response = coordinators.objects.response(id).orElseThrow();
    assertThat(coordinators.state(id).phase()).isEqualTo(Phase.DONE);
    assertThat(response.rows()).isEqualTo(coordinators.expected(QUERY));
    assertThat(coordinators.names(id))
        .containsExactly("request.json", "response.json", "state.json");
  }
}
