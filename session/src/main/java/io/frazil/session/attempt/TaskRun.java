package io.frazil.session.attempt;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.FragmentResponse;
import io.frazil.session.attempt.TaskFailures.Remedy;
import io.frazil.session.dispatch.ErrorMessages;
import io.frazil.session.dispatch.WorkerSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// One task on its way to a response:
///
/// ```
///   waits for a place → runs → response
///     ↑                  │ └→ runs long: a twin runs beside it
///     └──── pauses ← fails
/// ```
///
/// Its [TaskRunner] guards it.
final class TaskRun {
  private final TaskRunner runner;
  private final TaskId task;
  private final Attempts attempts;
  private final Place place;
  private final Optional<StageTimes> times;
  private final TaskFailures failures;
  private final CompletableFuture<FragmentResponse> result = new CompletableFuture<>();
  private final List<Attempt> running = new ArrayList<>();

  /// Done once nobody waits for the attempts that run.
  private final CompletableFuture<Boolean> left = new CompletableFuture<>();

  private WorkerSize size = WorkerSize.NORMAL;
  private int started;
  private boolean ended;
  private boolean hasTwin;

  /// Whether an attempt is to come, after a pause or once there is a place.
  private boolean awaited;

  private Scheduler.@Nullable Timer watch;

  /// Whether its time follows from those of the stage's others, rather than from a prediction.
  private boolean watchKnowsOthers;

  /// Where attempts run.
  enum Place {
    /// In this process, where a twin and a larger worker would be the same once more.
    HERE,
    WORKERS
  }

  /// Why an attempt is made.
  private enum Purpose {
    /// Without it the task is not done.
    NEEDED,
    /// Beside one that is slow, only to save time.
    TWIN
  }

  /// One that was entered into a window and hasn't ended.
  private record Attempt(
      int number, WorkerSize size, Purpose purpose, long ticket, long startNanos) {}

  /// @param place where its attempts run
  TaskRun(TaskRunner runner, TaskId task, Attempts attempts, Place place) {
    this.runner = runner;
    this.task = task;
    this.attempts = attempts;
    this.place = place;
    this.times =
        switch (place) {
          case HERE -> Optional.empty();
          case WORKERS -> runner.times(task);
        };
    this.failures = new TaskFailures(runner.policy());
  }

  TaskId task() {
    return task;
  }

  CompletableFuture<FragmentResponse> result() {
    return result;
  }

  void begin() {
    times.ifPresent(StageTimes::begun);
    FrazilException reason = runner.cancellation().reason();
    if (reason == null) {
      await();
    } else {
      fail(reason);
    }
  }

  /// The query stops: what runs is waited for, what doesn't run never will.
  void stop() {
    if (running.isEmpty()) {
      stopped();
    } else {
      var _ = runner.scheduler().after(TaskRunner.GRACE, this::stopped);
    }
  }

  /// Waits for no attempt any longer.
  void leave() {
    boolean _ = left.complete(true);
  }

  /// Gives the task a twin once it is slow, if nobody looks for that yet.
  void watch() {
    if (times.isEmpty() || ended || hasTwin || isWatched() || running.size() != 1) {
      return;
    }
    unwatch();
    watchKnowsOthers = times.get().areKnown();
    Attempt alone = running.getFirst();
    long ran = runner.scheduler().nanos() - alone.startNanos();
    long left = Math.max(0, times.get().slowAfter() - ran);
    watch = runner.scheduler().after(Duration.ofNanos(left), () -> slow(alone));
  }

  /// Whether somebody looks at the right time, as far as it is known.
  private boolean isWatched() {
    return watch != null && (watchKnowsOthers || !times.orElseThrow().areKnown());
  }

  private void enter(WorkerSize on, long ticket) {
    awaited = false;
    if (ended) {
      runner.window(on).leave();
      return;
    }
    begin(on, Purpose.NEEDED, ticket);
  }

  private void begin(WorkerSize on, Purpose purpose, long ticket) {
    var attempt = new Attempt(++started, on, purpose, ticket, runner.scheduler().nanos());
    running.add(attempt);
    runner.began(this);
    runner.scheduler().execute(() -> start(attempt));
    unwatch();
    watch();
  }

  /// Not under the guard: whoever starts attempts may take their time.
  private void start(Attempt attempt) {
    CompletableFuture<FragmentResponse> response = called(attempt);
    var _ =
        response.handle((answer, failure) -> {
          ended(attempt, answer, failure);
          return null;
        });
    var _ = left.thenAccept(_ -> response.cancel(true));
  }

  private CompletableFuture<FragmentResponse> called(Attempt attempt) {
    try {
      runner.cancellation().check();
      return attempts.start(attempt.number(), attempt.size());
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void ended(
      Attempt attempt, @Nullable FragmentResponse answer, @Nullable Throwable failure) {
    synchronized (runner) {
      try {
        running.remove(attempt);
        if (running.isEmpty()) {
          runner.rests(this);
        }
        FrazilException error = failure == null ? error(attempt, answer) : error(failure);
        leave(attempt, failure == null, error);
        if (ended) {
          return;
        }
        if (error == null && answer != null) {
          succeed(attempt, answer);
        } else if (error != null) {
          failed(attempt, error);
        }
      } catch (RuntimeException | Error e) {
        // Nobody else would see it, and the task would never end.
        fail(new FrazilException(ErrorCode.INTERNAL, "Internal error at " + task + ": " + e, e));
      }
    }
  }

  private void leave(Attempt attempt, boolean answered, @Nullable FrazilException error) {
    AttemptWindow window = runner.window(attempt.size());
    if (error != null && error.code() == ErrorCode.THROTTLED) {
      window.refused(attempt.ticket());
    } else if (answered) {
      window.answered();
    } else {
      window.leave();
    }
  }

  private void failed(Attempt attempt, FrazilException error) {
    if (isStopped()) {
      if (running.isEmpty()) {
        stopped();
      }
      return;
    }
    if (attempt.purpose() == Purpose.TWIN && error.code() == ErrorCode.BUDGET_EXCEEDED) {
      leaveTwinOut();
      return;
    }
    Remedy remedy = failures.remedy(error, attempt.size());
    // Another attempt may still succeed; should it fail too, its own failure says what to do.
    boolean alone = running.isEmpty() && !awaited;
    switch (remedy) {
      case WAIT -> {
        if (alone) {
          waitForRoom(error);
        }
      }
      case AGAIN -> {
        if (alone) {
          pause();
        }
      }
      case LARGER -> {
        if (alone || size == WorkerSize.NORMAL) {
          tryLarger(error);
        }
      }
      case TRIED_ENOUGH -> {
        if (alone) {
          fail(described(error));
        }
      }
      case NONE -> fail(described(error));
    }
  }

  private void pause() {
    awaited = true;
    Duration pause = runner.partOf(runner.policy().pauseMax(failures.count()));
    var _ = runner.scheduler().after(pause, this::await);
  }

  /// Waits for a place.
  private void await() {
    if (ended) {
      return;
    }
    WorkerSize on = size;
    awaited = true;
    runner.window(on).enter(ticket -> enter(on, ticket));
  }

  private void waitForRoom(FrazilException error) {
    AttemptWindow window = runner.window(size);
    if (window.isHopeless()) {
      fail(
          new FrazilException(
              ErrorCode.THROTTLED,
              "%s found no room for %d s: %s"
                  .formatted(task, runner.policy().refusedMax().toSeconds(), error.getMessage()),
              error));
    } else {
      WorkerSize on = size;
      awaited = true;
      window.enterAgain(ticket -> enter(on, ticket));
    }
  }

  private void tryLarger(FrazilException error) {
    if (place == Place.HERE || !runner.hasLarge()) {
      fail(described(error));
      return;
    }
    size = WorkerSize.LARGE;
    await();
  }

  /// The attempt runs longer than its stage's others did.
  private void slow(Attempt attempt) {
    watch = null;
    if (ended || awaited || !running.contains(attempt) || running.size() > 1 || isStopped()) {
      return;
    }
    StageTimes stage = times.orElseThrow();
    if (runner.scheduler().nanos() - attempt.startNanos() < stage.slowAfter()) {
      // Others took longer since.
      watch();
      return;
    }
    boolean allowed = stage.hasTwinLeft() && attempts.affordTwin(attempt.size());
    OptionalLong ticket = allowed ? runner.window(attempt.size()).tryEnter() : OptionalLong.empty();
    if (ticket.isPresent()) {
      hasTwin = true;
      stage.twinStarted();
      begin(attempt.size(), Purpose.TWIN, ticket.getAsLong());
    } else {
      watchAgain(attempt);
    }
  }

  /// Others took what was left of the budget since there was enough for a twin. It never began.
  private void leaveTwinOut() {
    hasTwin = false;
    times.ifPresent(StageTimes::twinLeftOut);
    if (!running.isEmpty()) {
      watchAgain(running.getFirst());
    } else if (!awaited) {
      // The one beside which it was to run has failed since, and left what to do to the twin.
      await();
    }
  }

  private void watchAgain(Attempt alone) {
    unwatch();
    watchKnowsOthers = true;
    Duration later = runner.policy().hedging().orElseThrow().atLeast();
    watch = runner.scheduler().after(later, () -> slow(alone));
  }

  private boolean isStopped() {
    return runner.cancellation().isStopped();
  }

  private void succeed(Attempt attempt, FragmentResponse answer) {
    long nanos = runner.scheduler().nanos() - attempt.startNanos();
    times.ifPresent(stage -> stage.done(nanos));
    end();
    runner.done(this);
    var _ = result.completeAsync(() -> answer, runner.scheduler()::execute);
  }

  private void stopped() {
    FrazilException reason = runner.cancellation().reason();
    if (!ended && reason != null) {
      fail(reason);
    }
  }

  private void fail(FrazilException error) {
    end();
    runner.failed(this);
    runner.scheduler().execute(() -> result.completeExceptionally(error));
  }

  private void end() {
    ended = true;
    unwatch();
  }

  private void unwatch() {
    if (watch != null) {
      watch.cancel();
      watch = null;
    }
  }

  private FrazilException described(FrazilException error) {
    return failures.count() == 1
        ? error
        : new FrazilException(
            error.code(),
            "%s failed in %d attempts: %s".formatted(task, failures.count(), error.getMessage()),
            error);
  }

  private @Nullable FrazilException error(Attempt attempt, @Nullable FragmentResponse answer) {
    if (answer == null) {
      return new FrazilException(ErrorCode.INTERNAL, task + " was answered with nothing");
    }
    if (!task.equals(new TaskId(answer.query(), answer.stage(), answer.task()))
        || answer.attempt() != attempt.number()) {
      return new FrazilException(
          ErrorCode.INTERNAL,
          "attempt %d at %s was answered for attempt %d at task %d of stage %d"
              .formatted(attempt.number(), task, answer.attempt(), answer.task(), answer.stage()));
    }
    return answer.error() == null ? null : ErrorMessages.decode(answer.error());
  }

  private FrazilException error(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof FrazilException known
        ? known
        : new FrazilException(
            ErrorCode.ATTEMPT_LOST, "%s was lost: %s".formatted(task, cause), cause);
  }
}
