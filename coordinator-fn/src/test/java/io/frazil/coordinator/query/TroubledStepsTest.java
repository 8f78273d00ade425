package io.frazil.coordinator.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.coordinator.CoordinatorHandler;
import io.frazil.coordinator.StepUnavailable;
import io.frazil.events.Json;
import io.frazil.events.QueryRequest;
import io.frazil.events.RunStoredTask;
import io.frazil.events.StepAnswer;
import io.frazil.events.StepAnswer.Next;
import io.frazil.events.StepQuery;
import io.frazil.events.StoredTask;
import io.frazil.events.log.FunctionLog;
import io.frazil.events.log.QueryLog;
import io.frazil.worker.ResourceFailure;
import io.frazil.worker.TaskFailure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Steps and tasks of a state machine that fail, and are had after all.
@Timeout(60)
class TroubledStepsTest {
  private static final Pattern COUNTED = Pattern.compile("\"Timestamp\":(\\d+)");

  @TempDir private Path folder;
  private LostCoordinators coordinators;

  @BeforeEach
  void open() {
    coordinators = new LostCoordinators(folder);
  }

  @AfterEach
  void close() {
    coordinators.close();
  }

  @Test
  void aStepThatMaySucceedLaterLosesNobodyAndIsNoError() {
    String id = coordinators.submit(QueryRequest.of(LostCoordinators.QUERY));
    var failed = new AtomicLong();
    var troubled =
        new TroubledStore((operation, what) -> {
          boolean fails = operation.equals("create") && what.endsWith("/plan.jsonl");
          if (fails) {
            failed.set(laterMillis());
          }
          return fails;
        });
    var lines = new ArrayList<String>();
    var log = new QueryLog(FunctionLog.of(Map.of("AWS_LAMBDA_FUNCTION_NAME", "c"), lines::add));
    var coordinator = new CoordinatorHandler(coordinators.runner(troubled).loggingTo(log));
    for (int time = 0; time <= Endings.OWNERS_LOST_MAX; time++) {
      assertThatThrownBy(() -> coordinator.handle(Json.encode(by("first", id))))
          .isInstanceOf(StepUnavailable.class)
          .hasMessage("STORE_UNAVAILABLE: query " + id + ": The query's plan cannot be stored now");
    }
    assertThat(lines)
        .hasSize(Endings.OWNERS_LOST_MAX + 1)
        .allSatisfy(
            line -> assertThat(line).contains("\"error\":\"StepUnavailable\"", "\"ErrorsTold\":1"));
    assertThat(lines).allSatisfy(line -> assertThat(counted(line)).isLessThan(failed.get()));
    assertThat(coordinators.state(id).ownersLost()).isZero();
    StepAnswer next = new QuerySteps(coordinators.runner()).step(by("first", id));
    assertThat(ListedTasks.of(next)).isNotEmpty();
  }

  /// When Lambda is to count what a line counts, which is when the invocation began.
  private static long counted(String line) {
    Matcher counted = COUNTED.matcher(line);
    assertThat(counted.find()).isTrue();
    return Long.parseLong(counted.group(1));
  }

  /// The time once the clock has gone on.
  private static long laterMillis() {
    long began = System.currentTimeMillis();
    long now = began;
    while (now <= began) {
      Thread.onSpinWait();
      now = System.currentTimeMillis();
    }
    return now;
  }

  private static StepQuery by(String execution, String id) {
    return new StepQuery(id, null, null, execution);
  }

  @Test
  void whatTheLargeWorkerCuredIsNotWhyTheQueryFailed() {
    String id = coordinators.submit(QueryRequest.of(QueryStepsTest.FAILING));
    var steps = new QuerySteps(coordinators.runner());
    List<StoredTask> scans = ListedTasks.of(steps.step(StepQuery.of(id)));
    ListedTasks workers = ListedTasks.withoutMemory(coordinators.store);
    workers.fail(scans.getFirst(), 1, ResourceFailure.class);
    assertThat(coordinators.names(id)).noneMatch(name -> name.endsWith(".failure"));
    workers.fail(scans.getFirst(), RunStoredTask.FIRST_LARGE, ResourceFailure.class);
    assertThat(coordinators.names(id)).anyMatch(name -> name.endsWith(".failure"));
    scans.forEach(this::run);
    StoredTask failing = ListedTasks.of(steps.step(StepQuery.of(id))).getFirst();
    assertThatThrownBy(() -> run(failing)).isInstanceOf(TaskFailure.class);
    var failed = new StepQuery.Failed("States.ExceedToleratedFailureThreshold", "one of them");
    assertThat(steps.step(new StepQuery(id, failed, null, null)))
        .isEqualTo(StepAnswer.of(Next.DONE));
    assertThat(Objects.requireNonNull(coordinators.state(id).error()).code())
        .isEqualTo("DIVISION_BY_ZERO");
  }

  private void run(StoredTask task) {
    byte[] answer = coordinators.worker.handle(Json.encode(new RunStoredTask(task, 1)));
    assertThat(answer).asString().isEqualTo("{}");
  }
}
