package io.frazil.session.attempt;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.task.Cancellation;
import io.frazil.events.FragmentResponse;
import io.frazil.session.dispatch.WorkerSize;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whole queries of many tasks on workers where everything goes wrong that may, in a simulated time
/// and by seeds: a query is right or fails cleanly, whatever happens in whatever order.
@Timeout(120)
class SimulationTest {
  private static final int SEEDS = Integer.getInteger("seeds", 400);
  private static final Set<ErrorCode> EXPECTED =
      EnumSet.of(
          ErrorCode.ATTEMPT_LOST,
          ErrorCode.WORKER_DIED,
          ErrorCode.FILE_CORRUPT,
          ErrorCode.MEMORY_LIMIT,
          ErrorCode.CANCELLED);

  @Test
  void whateverGoesWrongAQueryIsRightOrFailsCleanly() {
    var outcomes = new TreeMap<String, Integer>();
    for (int seed = 0; seed < SEEDS; seed++) {
      FrazilException failure = new Query(seed).run();
      outcomes.merge(failure == null ? "right" : failure.code().name(), 1, Integer::sum);
    }
    // All kinds of ends come about, or the simulation proves nothing.
    assertThat(outcomes)
        .containsKeys("right", "FILE_CORRUPT", "WORKER_DIED", "ATTEMPT_LOST", "CANCELLED");
    assertThat(outcomes.get("right")).isGreaterThan(SEEDS / 3);
  }

  @Test
  void theSameSeedGoesTheSameWay() {
    var first = new Query(7);
    var second = new Query(7);
    var _ = first.run();
    var _ = second.run();
    assertThat(second.time.nanos()).isEqualTo(first.time.nanos());
    assertThat(second.workers.starts).isEqualTo(first.workers.starts);
  }

  /// One query: stage after stage, all tasks of a stage at once.
  private static final class Query {
    private final String name;
    private final SplittableRandom random;
    private final SimulatedTime time;
    private final SimulatedWorkers workers;
    private final Cancellation cancellation = new Cancellation();
    private final TaskRunner runner;
    private final int concurrency;
    private final int stages;
    private final int tasks;
    private final Map<TaskId, FragmentResponse> results =
        new TreeMap<>(java.util.Comparator.comparing(TaskId::stage).thenComparing(TaskId::task));
    private int counted;
    private int open;
    private @Nullable FrazilException failure;

    Query(int seed) {
      this.name = "seed " + seed;
      this.random = new SplittableRandom(seed * 1_000_003L);
      this.time = new SimulatedTime(random.split());
      this.stages = random.nextInt(1, 4);
      this.tasks = random.nextInt(1, 120);
      this.concurrency = random.nextInt(1, 100);
      boolean large = random.nextInt(3) > 0;
      this.workers =
          new SimulatedWorkers(
              time,
              random.split(),
              new SimulatedWorkers.Plan(
                  random.nextInt(1, 120),
                  random.nextInt(3) * 0.03,
                  random.nextInt(3) * 0.005,
                  random.nextInt(3) * 0.02,
                  random.nextInt(3) * 0.005,
                  large ? some(10) : some(0.3),
                  some(0.2),
                  some(0.2)));
      this.runner =
          new TaskRunner(
              concurrency,
              large ? EnumSet.allOf(WorkerSize.class) : EnumSet.of(WorkerSize.NORMAL),
              RetryPolicy.REMOTE,
              cancellation,
              time,
              random.split());
      if (random.nextInt(10) == 0) {
        var _ = time.after(Duration.ofMillis(random.nextInt(2_000)), cancellation::cancel);
      }
    }

    /// @return why it failed, or null
    @Nullable FrazilException run() {
      begin(0);
      time.run();
      assertThat(workers.running).as(name).isZero();
      assertThat(runner.hasLateTwins()).as(name).isFalse();
      assertThat(open).as("%s: tasks without an end", name).isZero();
      assertThat(workers.startedAfterClose).as("%s: attempts after the end", name).isZero();
      int most = concurrency + Math.max(1, concurrency / 6);
      assertThat(workers.runningMax).as(name).isLessThanOrEqualTo(most);
      workers.starts.forEach((task, sizes) ->
          // Three, one more on a large worker, and a twin.
          assertThat(sizes).as("%s: %s", name, task).hasSizeLessThanOrEqualTo(5));
      if (failure == null) {
        assertRight();
      } else {
        assertThat(failure.code()).as("%s: %s", name, failure).isIn(EXPECTED);
      }
      return failure;
    }

    private void assertRight() {
      assertThat(counted).as("%s: each task counts once", name).isEqualTo(stages * tasks);
      results.forEach((task, response) ->
          assertThat(String.valueOf(response.partial()))
              .as("%s: %s", name, task)
              .isEqualTo("{\"winner\":%d}".formatted(workers.committed(task))));
    }

    private void begin(int stage) {
      open += tasks;
      if (stage % 2 == 0) {
        runner.predict(stage, Duration.ofSeconds(1));
      }
      for (int number = 0; number < tasks; number++) {
        var task = new TaskId("q", stage, number);
        var _ =
            runner
                .start(task, workers.attempts(task))
                .handle((response, error) -> {
                  ended(task, response, error);
                  return null;
                });
      }
    }

    private void ended(
        TaskId task, @Nullable FragmentResponse response, @Nullable Throwable error) {
      open--;
      if (error instanceof FrazilException known) {
        failure = failure == null ? known : failure;
        cancellation.stop(known);
        workers.closed = true;
      } else if (response != null) {
        counted++;
        assertThat(results.put(task, response)).as("%s: %s ended twice", name, task).isNull();
        boolean stageDone = open == 0 && failure == null;
        workers.closed |= stageDone && task.stage() == stages - 1;
        if (stageDone && task.stage() < stages - 1) {
          begin(task.stage() + 1);
        }
      }
    }

    /// About so many of the tasks.
    private Set<TaskId> some(double count) {
      var chosen = new HashSet<TaskId>();
      IntStream.range(0, stages * tasks)
          .filter(_ -> random.nextDouble() < count / (stages * tasks))
          .forEach(i -> chosen.add(new TaskId("q", i / tasks, i % tasks)));
      return chosen;
    }
  }
}
