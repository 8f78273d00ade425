package io.frazil.coordinator.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.events.ErrorMessage;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.RunStoredTask;
import io.frazil.events.StepAnswer;
import io.frazil.events.StepAnswer.Next;
import io.frazil.events.StepQuery;
import io.frazil.events.StoredTask;
import io.frazil.events.StoredTask.Retry;
import io.frazil.worker.ResourceFailure;
import io.frazil.worker.TransientFailure;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Tasks of a state machine that are tried again: by itself, or where there is a budget, by steps
/// that know what was spent.
@Timeout(60)
class RetriedTasksTest {
  private static final QueryRequest BUDGETED =
      QueryRequest.of(LostCoordinators.QUERY).withBudget(new BigDecimal("0.5"));

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
  void withoutABudgetAnAttemptFollowsTheOneThatFailed() {
    String id = coordinators.submit(QueryRequest.of(LostCoordinators.QUERY));
    StoredTask task = ListedTasks.of(step(id)).getFirst();
    assertThat(task.retry()).isEqualTo(Retry.AT_ONCE);
    ListedTasks.withoutMemory(coordinators.store).fail(task, 1, ResourceFailure.class);
    tasks.run(task, RunStoredTask.FIRST_LARGE);
    assertThat(Path.of(task.report())).exists();
  }

  @Test
  void withABudgetTheNextStepHasATaskTriedAgain() {
    String id = coordinators.submit(BUDGETED);
    List<StoredTask> listed = ListedTasks.of(step(id));
    StoredTask first = listed.getFirst();
    assertThat(first.retry()).isEqualTo(Retry.NEXT_STEP);
    ListedTasks.withoutMemory(coordinators.store).fail(first, 1, ResourceFailure.class);
    tasks.run(first, RunStoredTask.FIRST_LARGE);
    assertThat(Path.of(first.report())).as("of a retry in the same list").doesNotExist();
    listed.stream().skip(1).forEach(task -> tasks.run(task, 1));

    List<StoredTask> next = ListedTasks.of(step(id));
    StoredTask again = next.getFirst();
    assertThat(again.report()).isEqualTo(first.report());
    assertThat(again.retry()).isEqualTo(Retry.NEXT_STEP_LARGE);
    tasks.fail(again, 1, ResourceFailure.class);
    tasks.run(again, RunStoredTask.FIRST_LARGE);
    assertThat(Path.of(first.report())).exists();
    next.stream().skip(1).forEach(task -> tasks.run(task, 1));

    tasks.runAll(id, steps);
    QueryResponse response = coordinators.objects.response(id).orElseThrow();
    assertThat(response.rows()).isEqualTo(coordinators.expected(LostCoordinators.QUERY));
    // The one that failed, and the way to the large worker.
    assertThat(invocations(response)).isEqualTo(LostCoordinators.FILES + 2);
  }

  /// The state machine counts calls too that Lambda had no room for.
  @Test
  void withABudgetTheFirstAttemptThatBeginsRunsWhateverItsNumber() {
    StoredTask task = ListedTasks.of(step(coordinators.submit(BUDGETED))).getFirst();
    tasks.run(task, 7);
    assertThat(Path.of(task.report())).exists();
  }

  @Test
  void withABudgetATaskThatFailsAgainAndAgainFailsTheQuery() {
    String id = coordinators.submit(BUDGETED);
    var troubled =
        ListedTasks.over(
            new TroubledStore(
                (operation, what) -> operation.equals("open") && what.contains("/warehouse/")));
    int failed = 0;
    for (StepAnswer next = step(id); next.next() != Next.DONE; next = step(id)) {
      StoredTask task = ListedTasks.of(next).getFirst();
      troubled.fail(task, 1, TransientFailure.class);
      tasks.run(task, 2);
      failed++;
    }
    assertThat(failed).isEqualTo(4);
    assertThat(error(id).code()).isEqualTo("STORE_UNAVAILABLE");
    assertThat(invocations(coordinators.objects.response(id).orElseThrow())).isEqualTo(4);
  }

  @Test
  void withABudgetATaskThatEndsItsWorkersFailsTheQuery() throws IOException {
    String id = coordinators.submit(BUDGETED);
    var retries = new ArrayList<Retry>();
    for (StepAnswer next = step(id); next.next() != Next.DONE; next = step(id)) {
      StoredTask task = ListedTasks.of(next).getFirst();
      Files.createDirectories(Path.of(task.begun()).getParent());
      Files.write(Path.of(task.begun()), new byte[] {'{', '}'});
      retries.add(task.retry());
    }
    assertThat(retries)
        .isEqualTo(
            Stream.of(
                    Collections.nCopies(2, Retry.NEXT_STEP),
                    Collections.nCopies(4, Retry.NEXT_STEP_LARGE))
                .flatMap(List::stream)
                .toList());
    assertThat(error(id).code()).isEqualTo("WORKER_DIED");
    assertThat(error(id).message())
        .isEqualTo("Task 0 of stage 0 ended each of the 6 workers that it was given to");
    QueryResponse response = coordinators.objects.response(id).orElseThrow();
    assertThat(Objects.requireNonNull(response.ledger()).lines())
        .filteredOn(line -> line.where().equals("stage 0"))
        .extracting(line -> line.item() + ", " + line.basis())
        .contains("worker compute, assumed", "large worker compute, assumed");
    // Four of them came to a worker first.
    assertThat(invocations(response)).isEqualTo(2 + 2 * 4);
  }

  private StepAnswer step(String id) {
    return steps.step(StepQuery.of(id));
  }

  private ErrorMessage error(String id) {
    return Objects.requireNonNull(coordinators.state(id).error());
  }

  /// Of stage 0.
  private static double invocations(QueryResponse response) {
    return Objects.requireNonNull(response.ledger()).lines().stream()
        .filter(line -> line.where().equals("stage 0") && line.item().equals("lambda requests"))
        .mapToDouble(QueryResponse.Line::quantity)
        .sum();
  }
}
