package io.frazil.coordinator.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.frazil.events.FragmentResponse;
import io.frazil.events.Json;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.QueryState.Phase;
import io.frazil.events.QueryStatus;
import io.frazil.events.StepAnswer;
import io.frazil.events.StepAnswer.Next;
import io.frazil.events.StepQuery;
import io.frazil.events.StoredTask;
import io.frazil.session.cost.LambdaShape;
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
