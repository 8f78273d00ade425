package io.frazil.coordinator.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.coordinator.query.QueryObjects.Seen;
import io.frazil.engine.provider.CatalogProvider;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.provider.TableVersion;
import io.frazil.events.ErrorMessage;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.QueryState;
import io.frazil.events.QueryState.Phase;
import io.frazil.events.Spent;
import io.frazil.events.StepAnswer;
import io.frazil.events.StepAnswer.Next;
import io.frazil.events.StepQuery;
import io.frazil.session.SessionBuilder;
import io.frazil.session.cost.Rates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Queries that are stopped, at any time from their lease on, and those with which nobody goes on.
@Timeout(60)
class StoppedQueriesTest {
  private static final String UNPLANNED = "SELECT * FROM slow.\"default\".t";

  /// Goes through 3.2e11 pairs of which few are kept, as memory would else be full before time is
  /// up.
  private static final String ENDLESS =
      """
      SELECT a.k, b.v FROM facts a, facts b, facts c, facts d, facts e
      WHERE (a.k + b.k + c.k + d.k + e.k) % 900 = 899\
      """;

  @TempDir private Path folder;
  private final Slow slow = new Slow(new CountDownLatch(1), new CountDownLatch(1));
  private LostCoordinators coordinators;
  private QueryRunner runner;

  @BeforeEach
  void open() {
    coordinators = new LostCoordinators(folder);
    runner = coordinators.runner(this::withSlow);
  }

  private SessionBuilder withSlow(SessionBuilder session) {
    return session.catalog("slow", slow);
  }

  @AfterEach
  void close() {
    slow.open.countDown();
    coordinators.close();
  }

  @Test
  void whatIsPlannedIsCancelled() throws InterruptedException {
    String id = coordinators.submit(QueryRequest.of(UNPLANNED));
    var running = CompletableFuture.supplyAsync(() -> runner.run(id));
    slow.asked.await();
    runner.queries().cancel(QueryRunner.OPERATOR, id);
    assertThat(running.join().error()).isEqualTo(Failure.CANCELLED);
    assertThat(coordinators.state(id).phase()).isEqualTo(Phase.CANCELLED);
    assertPaidFor(running.join());
    assertPaidFor(coordinators.objects.response(id).orElseThrow());
  }

  @Test
  void whatCannotBePlannedIsPaidForToo() {
    QueryResponse response = runner.answer(QueryRequest.of("SELECT nothing FROM facts"));
    assertThat(Objects.requireNonNull(response.error()).code()).isEqualTo("COLUMN_NOT_FOUND");
    assertPaidFor(response);
  }

  private static void assertPaidFor(QueryResponse response) {
    assertThat(Objects.requireNonNull(response.ledger()).dollars()).isPositive();
  }

  @Test
  void whatAStepPlansIsCancelled() throws InterruptedException {
    String id = coordinators.submit(QueryRequest.of(UNPLANNED));
    var steps = new QuerySteps(runner);
    var step = CompletableFuture.supplyAsync(() -> steps.step(StepQuery.of(id)));
    slow.asked.await();
    runner.queries().cancel(QueryRunner.OPERATOR, id);
    assertThat(step.join()).isEqualTo(StepAnswer.of(Next.DONE));
    assertThat(coordinators.state(id).phase()).isEqualTo(Phase.CANCELLED);
  }

  @Test
  void planningCountsForTheLimit() {
    ErrorMessage error = runner.answer(limited(UNPLANNED, 200)).error();
    assertFailed(error, "TIME_LIMIT", "The query ran longer than its limit of 200 ms");
  }

  @Test
  void theLimitBeginsWithTheFirstCoordinator() {
    QueryRequest request = limited(LostCoordinators.QUERY, 3_600_000);
    String id = coordinators.submit(request);
    lose(id, 1);
    assertFailed(
        runner.run(id).error(), "TIME_LIMIT", "The query ran longer than its limit of 3600000 ms");

    String inSteps = coordinators.submit(request);
    lose(inSteps, 1);
    assertThat(new QuerySteps(runner).step(StepQuery.of(inSteps)))
        .isEqualTo(StepAnswer.of(Next.DONE));
    assertThat(Objects.requireNonNull(coordinators.state(inSteps).error()).code())
        .isEqualTo("TIME_LIMIT");
  }

  @Test
  void whatIsNotKeptEndsBeforeItsCoordinatorDoes() throws IOException {
    List<Path> before = files();
    for (String sql :
        List.of(UNPLANNED, "EXPLAIN ANALYZE " + ENDLESS, "INSERT INTO facts " + ENDLESS)) {
      String id = coordinators.submit(QueryRequest.of(sql));
      assertFailed(
          runner.run(id, time(2_000)).orElseThrow().error(),
          "TIME_LIMIT",
          "The query takes longer than its coordinator may run, and no other could go on with it");
      assertThat(coordinators.state(id).phase()).isEqualTo(Phase.FAILED);
    }
    assertThat(files()).as("what was written").isEqualTo(before);
  }

  @Test
  void anAnalysisIsCancelled() {
    String id = coordinators.submit(QueryRequest.of("EXPLAIN ANALYZE " + ENDLESS));
    var running = CompletableFuture.supplyAsync(() -> runner.run(id));
    while (runner.progress(id).isEmpty()) {
      Thread.onSpinWait();
    }
    runner.queries().cancel(QueryRunner.OPERATOR, id);
    assertThat(running.join().error()).isEqualTo(Failure.CANCELLED);
  }

  @Test
  void whoIsLostInAnAnalysisHasToldWhatItTook() {
    String id = coordinators.lose("EXPLAIN ANALYZE " + LostCoordinators.QUERY, r -> r.stage() == 2);
    assertThat(coordinators.tell(id).attempts())
        .extracting(Spent.Attempts::outcome)
        .contains(Spent.Outcome.SUCCEEDED);
  }

  @Test
  void aQueryWhoseCoordinatorsAreLostOneAfterTheOtherEnds() {
    String id = coordinators.submit(QueryRequest.of(LostCoordinators.QUERY));
    for (int owner = 1; owner <= Endings.OWNERS_LOST_MAX; owner++) {
      leaseAt(id, owner).close();
    }
    QueryResponse response = runner.run(id);
    assertThat(Objects.requireNonNull(response.ledger()).lines())
        .as("what the lost ones took")
        .filteredOn(line -> line.item().equals("lambda requests"))
        .extracting(QueryResponse.Line::quantity)
        .containsExactly(Endings.OWNERS_LOST_MAX + 1.0);
    assertFailed(
        response.error(),
        "WORKER_DIED",
        "The coordinators that worked for the query were lost, one after the other, so no other is"
            + " sent: one has too little memory for it, or is too slow");
    assertThat(coordinators.requests).as("sent by the next").isEmpty();
  }

  /// Eight owners are lost, three of them since the last that got further.
  @Test
  void whoIsLostAfterGettingFurtherIsTheFirstAgain() {
    String id = coordinators.submit(QueryRequest.of(LostCoordinators.QUERY));
    int owner = 1;
    for (int stage : List.of(0, 0, 1, 0, 2, 1)) {
      leaseAt(id, owner++).close();
      Seen seen = coordinators.objects.state(id).orElseThrow();
      var reached = new QueryState.Progress(stage, 3, 0, 1, 0, 0, 0);
      QueryState state = seen.state();
      assertThat(
              coordinators.objects.replace(
                  seen, state.renewed(state.leaseMillis(), reached, state.soFar())))
          .isPresent();
    }
    // Five were lost by the time the sixth began: the last of them alone in the last stage.
    assertThat(coordinators.state(id).ownersLost()).isOne();
    leaseAt(id, owner++).close();
    assertThat(coordinators.state(id).ownersLost()).isEqualTo(2);
    leaseAt(id, owner).close();
    assertFailed(
        runner.run(id).error(),
        "WORKER_DIED",
        "The coordinators that worked for the query were lost, one after the other, so no other is"
            + " sent: one has too little memory for it, or is too slow");
  }

  @Test
  void whoLeavesAQueryIsNotLost() {
    String id = coordinators.submit(QueryRequest.of(LostCoordinators.QUERY));
    for (int owner = 1; owner <= 2 * Endings.OWNERS_LOST_MAX; owner++) {
      Lease lease = leaseAt(id, owner);
      lease.giveBack();
      lease.close();
    }
    assertThat(runner.run(id).error()).isNull();
  }

  /// A lease that was taken so many hours after 1970.
  private Lease leaseAt(String id, int hour) {
    Instant now = Instant.EPOCH.plus(Duration.ofHours(hour));
    return Lease.take(
            coordinators.objects,
            () -> now,
            id,
            Duration.ofHours(1),
            Rates.DEFAULT,
            seen -> Owner.hold(seen.state(), now.toEpochMilli()))
        .orElseThrow();
  }

  private void lose(String id, long atMillis) {
    Seen seen = coordinators.objects.state(id).orElseThrow();
    QueryState lost = seen.state().takenBy("lost", atMillis, atMillis + 1, Spent.NOTHING);
    assertThat(coordinators.objects.replace(seen, lost)).isPresent();
  }

  private static void assertFailed(@Nullable ErrorMessage error, String code, String message) {
    assertThat(Objects.requireNonNull(error).message()).isEqualTo(message);
    assertThat(error.code()).isEqualTo(code);
  }

  private static QueryRequest limited(String sql, long millisMax) {
    return new QueryRequest(sql, List.of(), List.of(), null, null, null, null, millisMax, null);
  }

  /// Time that runs out as it is asked for.
  private static LongSupplier time(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    return () -> (end - System.nanoTime()) / 1_000_000;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("warehouse"))) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  /// A catalog that does not answer.
  private record Slow(CountDownLatch asked, CountDownLatch open) implements CatalogProvider {
    @Override
    public List<String> schemas() {
      return List.of("default");
    }

    @Override
    public List<String> tables(String schema) {
      return List.of();
    }

    @Override
    public Optional<TableProvider> table(String schema, String table, TableVersion version) {
      asked.countDown();
      try {
        open.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return Optional.empty();
    }
  }
}
