package io.frazil.session.attempt;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.FragmentResponse;
import io.frazil.json.JsonText;
import io.frazil.session.dispatch.ErrorMessages;
import io.frazil.session.dispatch.WorkerSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Functions on Lambda under a simulated time: with a limit on how many run, with latencies, and
/// with all that goes wrong there, as random numbers say.
final class SimulatedWorkers {
  private static final Duration TIME_LIMIT = Duration.ofSeconds(120);

  private final SimulatedTime time;
  private final RandomGenerator random;
  private final Plan plan;
  private final Map<TaskId, Integer> committed = new HashMap<>();
  final Map<TaskId, List<WorkerSize>> starts = new HashMap<>();
  int running;
  int runningMax;
  int refused;
  boolean closed;
  int startedAfterClose;

  /// What goes wrong.
  ///
  /// @param capacity how many attempts there is room for
  /// @param lost which part of the attempts is lost, before or after their work
  /// @param dying which part of the attempts ends with its worker
  /// @param slow which part of the attempts takes twenty times as long
  /// @param hung which part of the attempts does nothing until its worker's time is over
  /// @param big tasks that a normal worker has no memory for
  /// @param damaged tasks that fail wherever they run
  /// @param deadly tasks that kill whichever worker they run on
  record Plan(
      int capacity,
      double lost,
      double dying,
      double slow,
      double hung,
      Set<TaskId> big,
      Set<TaskId> damaged,
      Set<TaskId> deadly) {}

  SimulatedWorkers(SimulatedTime time, RandomGenerator random, Plan plan) {
    this.time = time;
    this.random = random;
    this.plan = plan;
  }

  Attempts attempts(TaskId task) {
    return (number, size) -> start(task, number, size);
  }

  private CompletableFuture<FragmentResponse> start(TaskId task, int number, WorkerSize size) {
    startedAfterClose += closed ? 1 : 0;
    var future = new CompletableFuture<FragmentResponse>();
    if (running >= plan.capacity()) {
      refused++;
      after(millis(2, 10), () -> fail(future, ErrorCode.THROTTLED, "Rate exceeded"));
      return future;
    }
    starts.computeIfAbsent(task, _ -> new ArrayList<>()).add(size);
    running++;
    runningMax = Math.max(runningMax, running);
    boolean lost = random.nextDouble() < plan.lost();
    boolean working = !lost || random.nextBoolean();
    Duration duration = millis(50, 200);
    Duration took = random.nextDouble() < plan.slow() ? duration.multipliedBy(20) : duration;
    boolean hung = random.nextDouble() < plan.hung();
    after(
        hung ? TIME_LIMIT : took,
        () -> {
          running--;
          if (hung) {
            fail(future, ErrorCode.WORKER_DIED, "hung until its time was over");
            return;
          }
          FragmentResponse response = working ? work(task, number, size, future) : null;
          if (lost) {
            fail(future, ErrorCode.ATTEMPT_LOST, "connection reset");
          } else if (response != null) {
            future.complete(response);
          }
        });
    return future;
  }

  private @Nullable FragmentResponse work(
      TaskId task, int number, WorkerSize size, CompletableFuture<FragmentResponse> future) {
    if (plan.deadly().contains(task) || random.nextDouble() < plan.dying()) {
      fail(future, ErrorCode.WORKER_DIED, "exit status 1");
      return null;
    }
    if (plan.damaged().contains(task)) {
      return error(task, number, ErrorCode.FILE_CORRUPT, "damaged");
    }
    if (plan.big().contains(task) && size == WorkerSize.NORMAL) {
      return error(task, number, ErrorCode.MEMORY_LIMIT, "no memory");
    }
    // The first to commit counts, whoever reports it.
    int winner = committed.computeIfAbsent(task, _ -> number);
    return response(task, number, "{\"winner\":%d}".formatted(winner));
  }

  int committed(TaskId task) {
    return committed.getOrDefault(task, 0);
  }

  static FragmentResponse response(TaskId task, int number, String partial) {
    return new FragmentResponse(
        task.query(), task.stage(), task.task(), number, new JsonText(partial), null, NONE, null);
  }

  static FragmentResponse error(TaskId task, int number, ErrorCode code, String message) {
    var error = ErrorMessages.encode(new FrazilException(code, message));
    return new FragmentResponse(
        task.query(), task.stage(), task.task(), number, null, null, NONE, error);
  }

  private static final FragmentResponse.Statistics NONE =
      new FragmentResponse.Statistics(0, 0, 0, 0, 0, null, Map.of());

  private Duration millis(int least, int most) {
    return Duration.ofMillis(random.nextInt(least, most));
  }

  private void after(Duration delay, Runnable work) {
    var _ = time.after(delay, work);
  }

  private static void fail(
      CompletableFuture<FragmentResponse> future, ErrorCode code, String message) {
    future.completeExceptionally(new FrazilException(code, message));
  }
}
