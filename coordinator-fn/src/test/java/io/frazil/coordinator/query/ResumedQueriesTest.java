package io.frazil.coordinator.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.coordinator.query.QueryObjects.Seen;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.ErrorMessage;
import io.frazil.events.FragmentRequest;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.QueryState;
import io.frazil.events.QueryState.Phase;
import io.frazil.events.Spent;
import io.frazil.session.cost.Interval;
import io.frazil.session.dispatch.Dispatcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Queries that another coordinator goes on with where the first was lost.
@Timeout(60)
class ResumedQueriesTest {
  private static final String QUERY = LostCoordinators.QUERY;

  @TempDir private Path folder;
  private LostCoordinators coordinators;
  private List<List<@Nullable Object>> expected;

  @BeforeEach
  void open() {
    coordinators = new LostCoordinators(folder);
    expected = coordinators.expected(QUERY);
  }

  @AfterEach
  void close() {
    coordinators.close();
  }

  @Test
  void theQueryHasWhatItTakes() {
    assertThat(coordinators.requests)
        .extracting(FragmentRequest::stage)
        .containsOnly(0, 1, 2)
        .hasSizeGreaterThan(6);
    assertThat(expected).hasSize(4);
  }

  @Test
  void closedStagesAreNotRunAgain() {
    String id = coordinators.lose(QUERY, request -> request.stage() == 2);
    assertThat(coordinators.names(id))
        .contains("stages/1/plan.jsonl", "stages/1/0.jsonl", "stages/1/1.jsonl");
    assertAnswered(id);
    assertThat(coordinators.requests).extracting(FragmentRequest::stage).containsOnly(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void tasksThatHadCommittedAreNotRunAgain(int stage) throws InterruptedException {
    String id =
        coordinators.lose(QUERY, request -> request.stage() == stage && request.task() == 0);
    awaitTasks(id, stage);
    assertAnswered(id);
    assertThat(coordinators.requests)
        .filteredOn(request -> request.stage() == stage)
        .as("of the join's, which come inline, none lies in the store")
        .extracting(FragmentRequest::task)
        .containsOnly(stage == 2 ? new Integer[] {0, 1, 2} : new Integer[] {0});
  }

  @Test
  void aPlanOfAnotherBuildIsBegunAnew() throws IOException {
    String id = coordinators.lose(QUERY, request -> request.stage() == 2);
    Path plan = coordinators.file(id, "stages/1/plan.jsonl");
    replace(plan, Files.readString(plan).replaceFirst("\"build\":\"[^\"]*\"", "\"build\":\"old\""));
    assertAnswered(id);
    assertThat(coordinators.requests).extracting(FragmentRequest::stage).contains(0, 1, 2);
  }

  @Test
  void aPlanCutShortIsBegunAnew() throws IOException {
    String id = coordinators.lose(QUERY, request -> request.stage() == 2);
    Path plan = coordinators.file(id, "stages/1/plan.jsonl");
    String text = Files.readString(plan);
    replace(plan, text.substring(0, text.length() - 20));
    assertAnswered(id);
    assertThat(coordinators.requests).extracting(FragmentRequest::stage).contains(0, 1, 2);
  }

  @Test
  void aClosingCutShortIsFoundAgainByItsPartials() throws IOException {
    String id = coordinators.lose(QUERY, request -> request.stage() == 2);
    Path closing = coordinators.file(id, "stages/1/0.jsonl");
    String text = Files.readString(closing);
    replace(closing, text.substring(0, text.length() / 2));
    assertAnswered(id);
    assertThat(coordinators.requests).extracting(FragmentRequest::stage).containsOnly(2);
  }

  @Test
  void aPartialThatIsGoneFailsTheQuery() throws IOException {
    String id = coordinators.lose(QUERY, request -> request.stage() == 2);
    Files.delete(coordinators.file(id, "stages/1/0/tasks/0.arrow"));
    QueryResponse response = coordinators.runner().run(id);
    assertThat(response.error()).isNotNull();
    assertThat(coordinators.state(id).phase()).isEqualTo(Phase.FAILED);
  }

  @Test
  void theBillIsTheWholeQuerys() {
    String id = coordinators.lose(QUERY, request -> request.stage() == 2);
    Spent told = coordinators.tell(id);
    long running =
        told.attempts().stream()
            .filter(attempts -> attempts.outcome() == Spent.Outcome.RUNNING)
            .mapToLong(Spent.Attempts::count)
            .sum();
    assertThat(running).isPositive();
    QueryResponse.Ledger ledger = Objects.requireNonNull(coordinators.runner().run(id).ledger());
    assertThat(quantity(ledger, "stage 0", "lambda requests", "measured"))
        .isEqualTo(LostCoordinators.FILES);
    assertThat(quantity(ledger, "stage 1", "lambda requests", "measured"))
        .isEqualTo(LostCoordinators.FILES);
    assertThat(quantity(ledger, "stage 2", "lambda requests", "measured"))
        .as("the join's tasks, and those of the lost coordinator that ran")
        .isEqualTo(LostCoordinators.WORKERS + running);
    assertThat(quantity(ledger, "stage 2", "worker compute", "assumed")).isPositive();
    assertThat(quantity(ledger, "coordinator", "lambda requests", "measured")).isEqualTo(2);
    assertThat(quantity(ledger, "coordinator", "coordinator compute", "assumed"))
        .as("until it would have said something next, in GB-seconds")
        .isEqualTo(1);
    assertThat(quantity(ledger, "coordinator", "coordinator compute", "measured"))
        .isGreaterThan(told.megabyteMillis() / 1024.0 / 1e3);
  }

  /// Whoever takes a query on takes over what was predicted with its plan.
  @Test
  void theRecordTellsWhatWasPredicted() {
    String id = coordinators.lose(QUERY, request -> request.stage() == 2);
    Interval predicted = coordinators.predictedDollars();
    assertThat(predicted.low()).isPositive();
    assertThat(coordinators.runner().run(id).error()).isNull();
    assertThat(recordedDollars(id))
        .isEqualTo(new QueryResponse.Range(predicted.low(), predicted.high()));
  }

  @Test
  void theRecordOfAQueryThatFailedTellsWhatWasPredicted() {
    String id = coordinators.submit(QueryRequest.of("SELECT 1 / (k - k) FROM facts"));
    assertThat(coordinators.runner().run(id).error()).isNotNull();
    QueryResponse.Range dollars = recordedDollars(id);
    assertThat(dollars.low()).isPositive().isLessThan(dollars.high());
  }

  private QueryResponse.Range recordedDollars(String id) {
    QueryResponse recorded = coordinators.objects.response(id).orElseThrow();
    return Objects.requireNonNull(recorded.estimate()).dollars();
  }

  @Test
  void aTrialThatIsGivenUpIsPaidFor() {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    Trial.Outcome outcome = coordinators.runner().attempt(id, new Trial(Duration.ZERO, 0));
    assertThat(outcome).isEqualTo(Trial.Outcome.LEFT);
    Spent trial = coordinators.state(id).soFar();
    assertThat(trial.coordinators()).isEqualTo(1);
    assertThat(trial.megabyteMillis()).isPositive();
    assertThat(trial.unsaidMegabyteMillis()).as("it said that it left").isZero();
    QueryResponse.Ledger ledger = Objects.requireNonNull(coordinators.runner().run(id).ledger());
    assertThat(quantity(ledger, "coordinator", "lambda requests", "measured")).isEqualTo(2);
    assertThat(quantity(ledger, "coordinator", "coordinator compute", "measured"))
        .isGreaterThan(trial.megabyteMillis() / 1024.0 / 1e3);
  }

  @Test
  void aQueryThatCameThroughTheHttpApiPaysForThatRequest() {
    QueryRunner runner = coordinators.runner();
    String id = runner.queries().submit("somebody", QueryRequest.of(QUERY));
    QueryResponse.Ledger ledger = Objects.requireNonNull(runner.run(id).ledger());
    assertThat(quantity(ledger, "http api", "requests", "measured")).isEqualTo(1);
    QueryResponse.Ledger direct = runner.answer(QueryRequest.of(QUERY)).ledger();
    assertThat(quantity(Objects.requireNonNull(direct), "http api", "requests", "measured"))
        .isZero();
  }

  @Test
  void theBillOfAQueryBegunAnewIsTheWholeQuerysToo() throws IOException {
    String id = coordinators.lose(QUERY, request -> request.stage() == 2);
    Spent told = coordinators.tell(id);
    Files.delete(coordinators.file(id, "stages/1/plan.jsonl"));
    QueryResponse.Ledger ledger = Objects.requireNonNull(coordinators.runner().run(id).ledger());
    assertThat(quantity(ledger, "begun anew", "lambda requests", "measured"))
        .isEqualTo(told.attempts().stream().mapToLong(Spent.Attempts::count).sum());
    assertThat(quantity(ledger, "stage 2", "lambda requests", "measured"))
        .isEqualTo(LostCoordinators.WORKERS);
  }

  @Test
  void theBudgetIsTheWholeQuerys() {
    String id = coordinators.lose(QUERY, request -> request.stage() == 2);
    Seen seen = coordinators.objects.state(id).orElseThrow();
    // A coordinator of a gigabyte for twenty hours.
    Spent much = seen.state().soFar().takenOn(0).worked(72_000_000L * 1_024);
    assertThat(coordinators.objects.replace(seen, seen.state().renewed(2, null, much))).isPresent();
    QueryResponse response = coordinators.runnerWithin("1").run(id);
    assertThat(Objects.requireNonNull(response.error()).code()).isEqualTo("BUDGET_EXCEEDED");
    assertThat(Objects.requireNonNull(response.ledger()).dollars()).isGreaterThan(1.19);
  }

  private static double quantity(
      QueryResponse.Ledger ledger, String where, String item, String basis) {
    return ledger.lines().stream()
        .filter(line -> line.where().equals(where))
        .filter(line -> line.item().equals(item) && line.basis().equals(basis))
        .mapToDouble(QueryResponse.Line::quantity)
        .sum();
  }

  @Test
  void whoeverIsLateChangesNothing() {
    String id = coordinators.lose(QUERY, request -> request.stage() == 2);
    QueryResponse response = coordinators.runner().run(id);
    coordinators.close();
    assertThat(coordinators.state(id).phase()).isEqualTo(Phase.DONE);
    assertThat(coordinators.objects.response(id).orElseThrow().rows()).isEqualTo(response.rows());
    assertThat(coordinators.names(id)).noneMatch(name -> name.startsWith("control"));
  }

  /// Its workers are told nothing: the next owner would hear it too.
  @Test
  void aTrialThatIsGivenUpIsGoneOnWith() {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    QueryRunner trying =
        coordinators.runner(session -> session.dispatcher(_ -> new CompletableFuture<>()));
    assertThat(trying.attempt(id, new Trial(Duration.ofMillis(300), Long.MAX_VALUE)))
        .isEqualTo(Trial.Outcome.LEFT);
    assertThat(coordinators.names(id)).noneMatch(name -> name.startsWith("control"));
    assertAnswered(id);
  }

  @Test
  void aTrialThatIsTooLargeIsGoneOnWith() {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    var told = Collections.synchronizedList(new ArrayList<String>());
    var store =
        new TroubledStore((operation, what) -> {
          if (operation.equals("create") && what.contains("/control")) {
            told.add(what);
          }
          return false;
        });
    Trial small = new Trial(Duration.ofDays(1), 0);
    assertThat(coordinators.runner(store).attempt(id, small)).isEqualTo(Trial.Outcome.LEFT);
    assertThat(told).as("of what works for the query still").isEmpty();
    assertAnswered(id);
  }

  /// The next would pay for it again.
  @Test
  void whatIsKnownToBeTooLargeOncePlannedIsLeftBeforeAnythingRuns() {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    coordinators.requests.clear();
    assertThat(coordinators.runner().attempt(id, new Trial(Duration.ofDays(1), 0)))
        .isEqualTo(Trial.Outcome.LEFT);
    assertThat(coordinators.requests).isEmpty();
    assertThat(coordinators.names(id)).contains("stages/1/plan.jsonl");
    assertAnswered(id);
  }

  /// A third would else go on with a plan that is not the second's.
  @Test
  void whoLosesAQueryWhilePlanningItLeavesNothing() {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    coordinators.requests.clear();
    var slow =
        new TroubledStore((operation, what) -> {
          if (operation.equals("open") && what.endsWith("/request.json")) {
            takeOn(id);
            // Until who had it knows.
            pause(LostCoordinators.INTERVAL.multipliedBy(20));
          }
          return false;
        });
    coordinators.runner(slow).takeOn(id, () -> Long.MAX_VALUE);
    assertThat(coordinators.requests).isEmpty();
    assertThat(coordinators.names(id)).noneMatch(name -> name.startsWith("stages/"));
    assertThat(coordinators.state(id).owner()).isEqualTo("another");
  }

  /// Whoever asks again finds nobody who would say that it ended.
  @Test
  void aTrialThatIsCancelledAsItIsGivenUpEnds() {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    var cancelling =
        new TroubledStore((operation, what) -> {
          if (operation.equals("create") && what.endsWith("/plan.jsonl")) {
            coordinators.runner().queries().cancel(QueryRunner.OPERATOR, id);
            assertThat(coordinators.state(id).phase()).isEqualTo(Phase.RUNNING);
          }
          return false;
        });
    QueryRunner trying = coordinators.runner(cancelling);
    assertThat(trying.attempt(id, new Trial(Duration.ofDays(1), 0))).isEqualTo(Trial.Outcome.LEFT);
    assertThat(coordinators.state(id).phase()).isEqualTo(Phase.CANCELLED);
    assertThat(coordinators.names(id)).contains("control.json");
  }

  /// One that was lost before it wrote that the query failed.
  @Test
  void whatAnOwnerToldItsWorkersSaysNothingToTheNext() {
    String id = coordinators.lose(QUERY, request -> request.stage() == 2);
    coordinators.objects.stopWorkers(id, 1);
    assertThat(coordinators.names(id)).contains("control-1.json");
    QueryResponse response = coordinators.runner().run(id);
    assertThat(response.error()).isNull();
    assertThat(response.rows()).isEqualTo(expected);
  }

  @Test
  void whatCannotBeRemovedChangesNothing() {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    var troubled =
        new TroubledStore((operation, _) -> operation.equals("list") || operation.equals("delete"));
    QueryResponse response = coordinators.runner(troubled).run(id);
    assertThat(response.error()).isNull();
    assertThat(response.rows()).isEqualTo(expected);
    assertThat(coordinators.state(id).phase()).isEqualTo(Phase.DONE);
    String failing = coordinators.submit(QueryRequest.of("SELECT 1 / (k - k) FROM facts"));
    ErrorMessage error = Objects.requireNonNull(coordinators.runner(troubled).run(failing).error());
    assertThat(error.code()).isEqualTo("DIVISION_BY_ZERO");
    assertThat(coordinators.state(failing).error()).isEqualTo(error);
  }

  /// What still works for the query may count for its next owner, if that can go on with it.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoFailsAfterAnotherTookTheQueryOnTellsThoseToStopWhoWorkForNobody(boolean kept) {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    var told = new AtomicBoolean();
    var looked = new AtomicBoolean();
    var sent = new AtomicInteger();
    var another = new CountDownLatch(1);
    var taken = new CountDownLatch(1);
    Dispatcher failing =
        request -> {
          boolean first = sent.getAndIncrement() == 0;
          if (!first) {
            another.countDown();
          }
          return CompletableFuture.supplyAsync(
              () -> {
                if (first) {
                  await(another);
                  while (kept && !coordinators.names(id).contains("stages/1/plan.jsonl")) {
                    pause(LostCoordinators.INTERVAL);
                  }
                  takeOn(id);
                  taken.countDown();
                  throw new FrazilException(ErrorCode.DIVISION_BY_ZERO, "it fails");
                }
                await(taken);
                // Where nobody is told, all of the time is waited for.
                told.compareAndSet(false, isStoppedWithin(Duration.ofSeconds(kept ? 1 : 20), id));
                looked.set(true);
                throw new FrazilException(ErrorCode.ATTEMPT_LOST, "it is late");
              },
              Thread::startVirtualThread);
        };
    var store =
        new TroubledStore((operation, what) ->
            !kept && operation.equals("create") && what.endsWith("plan.jsonl"));
    QueryRunner runner = coordinators.runner(store, session -> session.dispatcher(failing));
    // Who has lost a query waits for its answer until its own time is over.
    assertThat(runner.run(id, () -> looked.get() ? 0 : 60_000)).isEmpty();
    assertThat(sent.get()).isGreaterThan(1);
    assertThat(told.get()).isEqualTo(!kept);
    assertThat(coordinators.state(id).owner()).isEqualTo("another");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// Its owner writes that it is at work meanwhile.
  private void takeOn(String id) {
    boolean taken = false;
    while (!taken) {
      Seen seen = coordinators.objects.state(id).orElseThrow();
      long now = System.currentTimeMillis();
      QueryState others = seen.state().takenBy("another", now, now + 60_000, Spent.NOTHING);
      taken = coordinators.objects.replace(seen, others).isPresent();
    }
  }

  private boolean isStoppedWithin(Duration limit, String id) {
    long end = System.nanoTime() + limit.toNanos();
    boolean stopped = false;
    while (!stopped && System.nanoTime() < end) {
      // Virtual threads that never wait would keep the processors from those that tell them.
      pause(LostCoordinators.INTERVAL);
      stopped = coordinators.names(id).stream().anyMatch(name -> name.startsWith("control"));
    }
    return stopped;
  }

  private void assertAnswered(String id) {
    QueryResponse response = coordinators.runner().run(id);
    assertThat(response.error()).isNull();
    assertThat(response.rows()).isEqualTo(expected);
    assertThat(coordinators.state(id).phase()).isEqualTo(Phase.DONE);
    assertThat(coordinators.names(id))
        .containsExactly("request.json", "response.json", "state.json");
  }

  /// Until all tasks of a scan but the first have committed.
  private void awaitTasks(String id, int stage) throws InterruptedException {
    String folder = "stages/1/" + stage + "/tasks/";
    while (stage != 2 && partials(id, folder) < LostCoordinators.FILES - 1) {
      Thread.sleep(LostCoordinators.INTERVAL);
    }
  }

  private long partials(String id, String folder) {
    return coordinators.names(id).stream()
        .filter(name -> name.matches(folder + "[0-9]+\\.arrow"))
        .count();
  }

  private static void replace(Path file, String text) throws IOException {
    Files.delete(file);
    Files.writeString(file, text);
  }
}
