package io.frazil.coordinator.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.frazil.events.FragmentResponse;
import io.frazil.events.Json;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.QueryState.Phase;
import io.frazil.events.QueryStatus;
import io.frazil.events.RunStoredTask;
import io.frazil.events.StepAnswer;
import io.frazil.events.StepAnswer.Next;
import io.frazil.events.StepQuery;
import io.frazil.events.StoredTask;
import io.frazil.session.cost.LambdaShape;
import io.frazil.worker.ResourceFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What queries cost whose tasks a state machine runs, however they end.
@Timeout(60)
class StepLedgersTest {
  private static final String QUERY = LostCoordinators.QUERY;

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

  @ParameterizedTest
  @EnumSource
  void theLedgerHasWhatTheStateMachineTook(StepQuery.Children children) {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    var step = new StepQuery(id, null, children, null);
    int listed = 0;
    int made = 1;
    for (StepAnswer next = steps.step(step); next.next() != Next.DONE; next = steps.step(step)) {
      tasks.run(next);
      listed += next.tasks();
      made++;
    }
    int transitions = 3 * made;
    double invoked = made;
    var lines = Objects.requireNonNull(coordinators.objects.response(id).orElseThrow().ledger());
    assertThat(lines.lines())
        .filteredOn(line -> line.where().equals("coordinator"))
        .filteredOn(line -> line.item().equals("lambda requests"))
        .extracting(QueryResponse.Line::quantity)
        .containsExactly(invoked);
    var items = new HashMap<String, Double>();
    lines.lines().stream()
        .filter(line -> line.where().equals("step functions"))
        .forEach(line -> items.put(line.item() + ", " + line.unit(), line.quantity()));
    switch (children) {
      case STANDARD ->
          assertThat(items)
              .containsOnly(
                  entry("transitions, requests", (double) transitions),
                  entry("task transitions, requests", (double) listed));
      case EXPRESS ->
          assertThat(items)
              .containsEntry("transitions, requests", (double) transitions)
              .containsEntry("express, requests", (double) listed)
              .containsOnlyKeys("transitions, requests", "express, requests", "express, GB-s");
    }
  }

  /// Of four listed scans of one table one was done, one told that it was stopped after seven
  /// seconds, and the others are taken to have run as long on the average.
  @Test
  void whatIsCancelledBetweenStepsHasALedgerOfWhatItTook() throws IOException {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    StepAnswer scans = steps.step(StepQuery.of(id));
    List<StoredTask> ofOne =
        ListedTasks.of(scans).stream().filter(task -> task.stage() == 0).toList();
    assertThat(ofOne).hasSize(LostCoordinators.FILES);
    tasks.run(ofOne.getFirst(), 1);
    stopAfter(7_000, ofOne.get(1));
    coordinators.runner().queries().cancel(QueryRunner.OPERATOR, id);
    assertThat(coordinators.state(id).phase()).isEqualTo(Phase.CANCELLED);
    QueryResponse.Ledger soFar =
        coordinators.runner().queries().status(QueryRunner.OPERATOR, id).ledger();
    assertThat(Objects.requireNonNull(soFar).lines())
        .as("what its owner knew, before anybody looks at its tasks")
        .extracting(QueryResponse.Line::item)
        .contains("coordinator compute");

    assertThat(steps.step(StepQuery.of(id))).isEqualTo(StepAnswer.of(Next.DONE));
    QueryResponse response = coordinators.objects.response(id).orElseThrow();
    assertThat(Objects.requireNonNull(response.error()).code()).isEqualTo("CANCELLED");
    assertThat(quantity(response, "stage 0", "lambda requests")).isEqualTo(4);
    double seconds =
        quantity(response, "stage 0", "worker compute") / LambdaShape.DEFAULT.workerGb();
    assertThat(seconds).isBetween(14.0, 20.0);
    assertThat(quantity(response, "step functions", "transitions")).isEqualTo(2 * 3);
    assertThat(quantity(response, "step functions", "task transitions")).isEqualTo(scans.tasks());
    assertThat(quantity(response, "coordinator", "lambda requests")).isEqualTo(2);
    QueryStatus told = coordinators.runner().queries().status(QueryRunner.OPERATOR, id);
    assertThat(told.ledger()).isNull();
    assertThat(Objects.requireNonNull(told.response()).ledger()).isEqualTo(response.ledger());

    assertThat(steps.step(StepQuery.of(id))).as("once more").isEqualTo(StepAnswer.of(Next.DONE));
    assertThat(coordinators.objects.response(id)).contains(response);
  }

  @Test
  void whatAStateMachineCouldNotDoHasALedger() {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    assertThat(steps.step(StepQuery.of(id)).next()).isEqualTo(Next.TASKS);
    var failed = new StepQuery.Failed("States.Timeout", null);
    assertThat(steps.step(new StepQuery(id, failed, null, null)))
        .isEqualTo(StepAnswer.of(Next.DONE));
    QueryResponse response = coordinators.objects.response(id).orElseThrow();
    assertThat(Objects.requireNonNull(response.error()).code()).isEqualTo("ATTEMPT_LOST");
    assertThat(quantity(response, "step functions", "transitions")).isEqualTo(2 * 3);
    assertThat(quantity(response, "coordinator", "lambda requests")).isEqualTo(2);
  }

  /// One of four scans had no memory for two minutes and then a second on the large worker; the
  /// others took a second each.
  @Test
  void aFailedAttemptIsPaidForOnceBesidesTheOneThatSucceeded() throws IOException {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    StepAnswer scans = steps.step(StepQuery.of(id));
    List<StoredTask> ofOne = ofStageZero(scans);
    StoredTask large = ofOne.getFirst();
    ListedTasks.withoutMemory(coordinators.store).fail(large, 1, ResourceFailure.class);
    tasks.run(large, RunStoredTask.FIRST_LARGE);
    ListedTasks.of(scans).stream()
        .filter(task -> !task.report().equals(large.report()))
        .forEach(task -> tasks.run(task, 1));
    tellMillis(120_000, Path.of(large.failed(1)));
    for (StoredTask task : ofOne) {
      tellMillis(1_000, Path.of(task.report()));
    }
    int listed = scans.tasks() + runTheRest(id);

    QueryResponse response = coordinators.objects.response(id).orElseThrow();
    double gb = LambdaShape.DEFAULT.workerGb();
    assertThat(quantity(response, "stage 0", "worker compute"))
        .isCloseTo((120 + 3) * gb, within(1e-9));
    assertThat(quantity(response, "stage 0", "large worker compute")).isEqualTo(10);
    assertThat(quantity(response, "stage 0", "large worker disk above 512 MB")).isEqualTo(9.5);
    assertThat(quantity(response, "stage 0", "lambda requests")).isEqualTo(5);
    assertThat(quantity(response, "step functions", "task transitions")).isEqualTo(listed + 1);
    assertThat(dollars(response, "stage 0", "GB-s"))
        .isCloseTo((123 * gb + 10) * 0.0000166667 + 9.5 * 0.0000000309, within(1e-12));
    assertThat(dollars(response, "step functions", "requests"))
        .isCloseTo((3 * 3 + listed + 1) * 0.000025, within(1e-12));
  }

  /// @return how many tasks were listed
  private int runTheRest(String id) {
    int listed = 0;
    var step = StepQuery.of(id);
    for (StepAnswer next = steps.step(step); next.next() != Next.DONE; next = steps.step(step)) {
      tasks.run(next);
      listed += next.tasks();
    }
    return listed;
  }

  /// A process that ended is tried again once; numbers beyond that are of calls without room.
  @Test
  void attemptsThatLeftNothingAreAssumed() throws IOException {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    StepAnswer scans = steps.step(StepQuery.of(id));
    List<StoredTask> ofOne = ofStageZero(scans);
    tasks.run(ofOne.get(0), 2);
    tasks.run(ofOne.get(1), 5);
    tasks.run(ofOne.get(2), RunStoredTask.FIRST_LARGE + 1);
    tasks.run(ofOne.get(3), 1);
    for (StoredTask task : ofOne) {
      tellMillis(2_000, Path.of(task.report()));
    }
    ListedTasks.of(scans).stream()
        .filter(task -> task.stage() != 0)
        .forEach(task -> tasks.run(task, 1));
    int listed = scans.tasks() + runTheRest(id);
    QueryResponse response = coordinators.objects.response(id).orElseThrow();
    double gb = LambdaShape.DEFAULT.workerGb();
    assertThat(Objects.requireNonNull(response.ledger()).lines())
        .filteredOn(line -> line.where().equals("stage 0"))
        .filteredOn(line -> line.item().endsWith("worker compute"))
        .extracting(
            QueryResponse.Line::item, QueryResponse.Line::quantity, QueryResponse.Line::basis)
        .containsExactlyInAnyOrder(
            tuple("worker compute", 3 * 2 * gb, "measured"),
            tuple("worker compute", (1 + 1 + 2) * 2 * gb, "assumed"),
            tuple("large worker compute", 20.0, "measured"),
            tuple("large worker compute", 20.0, "assumed"));
    assertThat(quantity(response, "step functions", "task transitions")).isEqualTo(listed + 5);
  }

  /// One was done, one failed after three seconds and was stopped after seven, and the two others
  /// are taken to have run as long on the average.
  @Test
  void whatFailedAndWhatWasStoppedThenAreBothPaidForOnce() throws IOException {
    String id = coordinators.submit(QueryRequest.of(QUERY));
    List<StoredTask> ofOne = ofStageZero(steps.step(StepQuery.of(id)));
    tasks.run(ofOne.getFirst(), 1);
    tellMillis(2_000, Path.of(ofOne.getFirst().report()));
    StoredTask stopped = ofOne.get(1);
    ListedTasks.withoutMemory(coordinators.store).fail(stopped, 1, ResourceFailure.class);
    tellMillis(3_000, Path.of(stopped.failed(1)));
    stopAfter(7_000, stopped);
    coordinators.runner().queries().cancel(QueryRunner.OPERATOR, id);
    assertThat(steps.step(StepQuery.of(id))).isEqualTo(StepAnswer.of(Next.DONE));
    QueryResponse response = coordinators.objects.response(id).orElseThrow();
    assertThat(quantity(response, "stage 0", "lambda requests")).isEqualTo(3 + 2);
    double seconds =
        quantity(response, "stage 0", "worker compute") / LambdaShape.DEFAULT.workerGb();
    assertThat(seconds).isCloseTo(2 + 3 + 7 + 2 * 4, within(0.1));
  }

  private static List<StoredTask> ofStageZero(StepAnswer scans) {
    return ListedTasks.of(scans).stream().filter(task -> task.stage() == 0).toList();
  }

  /// Has what an attempt left tell that it took so long.
  private static void tellMillis(long millis, Path left) throws IOException {
    FragmentResponse told = Json.decode(Files.readAllBytes(left), FragmentResponse.class);
    Files.write(
        left,
        Json.encode(
            new FragmentResponse(
                told.query(),
                told.stage(),
                told.task(),
                told.attempt(),
                told.partial(),
                told.inline(),
                new FragmentResponse.Statistics(
                    millis * 1_000_000, 0, 0, 0, 0, null, told.statistics().nodes()),
                told.error())));
  }

  private static double dollars(QueryResponse response, String where, String unit) {
    return Objects.requireNonNull(response.ledger()).lines().stream()
        .filter(line -> line.where().equals(where) && line.unit().equals(unit))
        .mapToDouble(QueryResponse.Line::dollars)
        .sum();
  }

  /// What a worker leaves that is told to stop.
  private static void stopAfter(long millis, StoredTask task) throws IOException {
    var response =
        new FragmentResponse(
            task.query(),
            task.stage(),
            task.task(),
            1,
            null,
            null,
            new FragmentResponse.Statistics(millis * 1_000_000, 0, 0, 0, 0, null, Map.of()),
            Failure.CANCELLED);
    Path report = Path.of(task.report() + ".failure");
    Files.createDirectories(report.getParent());
    Files.write(report, Json.encode(response));
  }

  /// Of all lines of a ledger that are about the same.
  private static double quantity(QueryResponse response, String where, String item) {
    return Objects.requireNonNull(response.ledger()).lines().stream()
        .filter(line -> line.where().equals(where) && line.item().equals(item))
        .mapToDouble(QueryResponse.Line::quantity)
        .sum();
  }
}
