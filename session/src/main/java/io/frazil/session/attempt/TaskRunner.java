package io.frazil.session.attempt;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.task.Cancellation;
import io.frazil.events.FragmentResponse;
import io.frazil.session.attempt.TaskRun.Place;
import io.frazil.session.dispatch.WorkerSize;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;

/// Gets the tasks of one query done: tries each until an attempt succeeds, within a bound on how
/// many run at a time. Safe for use by many threads.
///
/// Once the query is told to stop no attempt is started any more; those that run are waited for,
/// but no longer than a grace. Then their futures are cancelled, as nobody waits for them.
public final class TaskRunner {
  /// How long a cancelled query waits for the attempts that still run, so that none of them writes
  /// behind its back.
  static final Duration GRACE = Duration.ofSeconds(5);

  /// A large worker has the memory of so many others.
  private static final int NORMAL_IN_A_LARGE = 6;

  private final RetryPolicy policy;
  private final Cancellation cancellation;
  private final Scheduler scheduler;
  private final RandomGenerator random;

  // All below, and the state of all that is made here, is guarded by this.
  private final Map<WorkerSize, AttemptWindow> windows = new EnumMap<>(WorkerSize.class);
  private final Map<Integer, StageTimes> stages = new HashMap<>();
  private final Set<TaskRun> tasks = new LinkedHashSet<>();

  /// Those of which an attempt runs: no more than the windows let in.
  private final Set<TaskRun> running = new LinkedHashSet<>();

  /// @param concurrency how many attempts run at a time
  /// @param sizes of the workers that there are
  public TaskRunner(
      int concurrency, Set<WorkerSize> sizes, RetryPolicy policy, Cancellation cancellation) {
    this(concurrency, sizes, policy, cancellation, Scheduler.SYSTEM, new SecureRandom());
  }

  TaskRunner(
      int concurrency,
      Set<WorkerSize> sizes,
      RetryPolicy policy,
      Cancellation cancellation,
      Scheduler scheduler,
      RandomGenerator random) {
    this.policy = policy;
    this.cancellation = cancellation;
    this.scheduler = new Guarded(scheduler);
    this.random = random;
    for (WorkerSize size : sizes) {
      int cap =
          switch (size) {
            case NORMAL -> Math.max(1, concurrency);
            case LARGE -> Math.max(1, concurrency / NORMAL_IN_A_LARGE);
          };
      windows.put(size, new AttemptWindow(cap, policy, this.scheduler, random));
    }
    var _ = cancellation.onStop(this::stop);
  }

  /// The response of the one attempt that counts, of those on workers.
  ///
  /// @throws FrazilException of the last attempt, or the reason to stop
  public FragmentResponse run(TaskId task, Attempts attempts) {
    return join(task, start(task, attempts));
  }

  /// What is known of a stage before any of its tasks is done: from then on one that hangs does not
  /// go unseen.
  ///
  /// @param most how long the whole stage takes at the most
  public synchronized void predict(int stage, Duration most) {
    times(stage).ifPresent(times -> times.predict(most));
  }

  /// The same as [#run] of attempts in this process.
  public FragmentResponse runHere(TaskId task, Attempts attempts) {
    return join(task, start(task, attempts, Place.HERE));
  }

  /// The same as [#run] for who doesn't wait.
  CompletableFuture<FragmentResponse> start(TaskId task, Attempts attempts) {
    return start(task, attempts, Place.WORKERS);
  }

  private synchronized CompletableFuture<FragmentResponse> start(
      TaskId task, Attempts attempts, Place place) {
    var run = new TaskRun(this, task, attempts, place);
    tasks.add(run);
    run.begin();
    return run.result();
  }

  private static FragmentResponse join(TaskId task, CompletableFuture<FragmentResponse> result) {
    try {
      return result.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof FrazilException known
          ? known
          : new FrazilException(
              ErrorCode.INTERNAL, "%s failed: %s".formatted(task, e.getCause()), e);
    }
  }

  /// Whether attempts run that no longer count: twins that came too late.
  public synchronized boolean hasLateTwins() {
    return windows.values().stream().mapToInt(AttemptWindow::running).sum() > 0 && tasks.isEmpty();
  }

  private synchronized void stop() {
    List.copyOf(tasks).forEach(TaskRun::stop);
    // Late twins among them.
    if (!running.isEmpty()) {
      var _ = scheduler.after(GRACE, () -> List.copyOf(running).forEach(TaskRun::leave));
    }
  }

  RetryPolicy policy() {
    return policy;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  Scheduler scheduler() {
    return scheduler;
  }

  /// A random part of a pause.
  Duration partOf(Duration longest) {
    return Duration.ofNanos(random.nextLong(longest.toNanos() + 1));
  }

  boolean hasLarge() {
    return windows.containsKey(WorkerSize.LARGE);
  }

  AttemptWindow window(WorkerSize size) {
    return Objects.requireNonNull(windows.get(size));
  }

  /// The times of a task's stage; empty where no task gets a twin.
  Optional<StageTimes> times(TaskId task) {
    return times(task.stage());
  }

  private Optional<StageTimes> times(int stage) {
    return policy
        .hedging()
        .map(hedging -> stages.computeIfAbsent(stage, _ -> new StageTimes(hedging)));
  }

  /// A task of the stage was done: that may make others of it slow.
  void done(TaskRun run) {
    tasks.remove(run);
    int stage = run.task().stage();
    running.stream().filter(t -> t.task().stage() == stage).forEach(TaskRun::watch);
  }

  /// An attempt at a task began.
  void began(TaskRun run) {
    running.add(run);
  }

  /// No attempt at it runs any more.
  void rests(TaskRun run) {
    running.remove(run);
  }

  void failed(TaskRun run) {
    tasks.remove(run);
  }

  /// Has timers' work done under this runner's guard.
  private final class Guarded implements Scheduler {
    private final Scheduler behind;

    Guarded(Scheduler behind) {
      this.behind = behind;
    }

    @Override
    public long nanos() {
      return behind.nanos();
    }

    @Override
    public void execute(Runnable work) {
      behind.execute(work);
    }

    @Override
    public Timer after(Duration delay, Runnable work) {
      return behind.after(
          delay,
          () -> {
            synchronized (TaskRunner.this) {
              work.run();
            }
          });
    }
  }
}
