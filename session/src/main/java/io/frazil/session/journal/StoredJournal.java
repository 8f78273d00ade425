package io.frazil.session.journal;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.FragmentResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// Keeps a query in the store. What it wrote stays when it ends here: whoever writes down that the
/// query is over removes it.
///
/// The partials of tasks are the ones that count as soon as they are there, so nobody waits for
/// what is written here: a stage that is over and not closed is found again by its partials.
public final class StoredJournal implements StageJournal {
  private final StageObjects objects;
  private final BooleanSupplier plan;
  private final StageClosings closings;
  private final CountDownLatch stopped = new CountDownLatch(1);

  // All below is guarded by this, the writing itself too.
  private final Map<Integer, List<FragmentResponse>> waiting = new TreeMap<>();
  private boolean writes;
  private boolean doubtful;
  private boolean ended;

  private StoredJournal(StageObjects objects, BooleanSupplier plan, StageClosings closings) {
    this.objects = objects;
    this.plan = plan;
    this.closings = closings;
  }

  /// Of a query that begins.
  ///
  /// @param functions the fingerprint of those that it was planned with
  /// @param after how long it runs before anything is written: one that is over by then would
  ///   sooner be begun anew than found again
  public static StoredJournal begin(
      StageObjects objects, StagePlan plan, String functions, Duration after) {
    var journal =
        new StoredJournal(
            objects, () -> PlanFile.create(objects, plan, functions), StageClosings.none(objects));
    if (after.isZero()) {
      boolean _ = journal.handOver();
    } else {
      Thread.ofVirtual().name("frazil-journal").start(() -> journal.beginAfter(after));
    }
    return journal;
  }

  /// Of a query that another process began.
  public static StoredJournal resume(StageObjects objects, StagePlan plan) {
    var journal = new StoredJournal(objects, () -> true, StageClosings.read(objects, plan));
    journal.writes = true;
    return journal;
  }

  @Override
  public Optional<List<FragmentResponse>> closed(int stage) {
    return closings.closed(stage);
  }

  @Override
  public Map<Integer, FragmentResponse> left(int stage) {
    return closings.left(stage);
  }

  @Override
  public Map<Integer, TaskAttempts> attempts(int stage) {
    return closings.attempts(stage);
  }

  @Override
  public List<FragmentResponse> stopped(int stage) {
    return closings.stopped(stage);
  }

  @Override
  public synchronized void close(int stage, List<FragmentResponse> winners) {
    if (ended) {
      return;
    }
    if (writes) {
      write(stage, winners);
    } else {
      waiting.put(stage, winners);
    }
  }

  @Override
  public synchronized boolean isKept() {
    return writes || !ended;
  }

  @Override
  public synchronized boolean handOver() {
    if (!writes && !ended) {
      tryToWrite();
      if (writes) {
        waiting.forEach(this::write);
      }
      if (writes || ended) {
        waiting.clear();
      }
    }
    return writes;
  }

  /// Writes the plan. The query itself can do without.
  private void tryToWrite() {
    try {
      // One that is there after a failure is that which was written then.
      writes = plan.getAsBoolean() || doubtful;
      ended = !writes;
    } catch (FrazilException e) {
      if (e.code() == ErrorCode.NOT_SUPPORTED) {
        ended = true;
      } else {
        doubtful = true;
      }
    }
  }

  @Override
  public void end() {
    seal();
  }

  @Override
  public void seal() {
    stopped.countDown();
    synchronized (this) {
      ended = true;
      waiting.clear();
    }
  }

  private void beginAfter(Duration after) {
    try {
      boolean pending = true;
      while (pending && !stopped.await(after.toMillis(), TimeUnit.MILLISECONDS)) {
        pending = !handOver() && isKept();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(int stage, List<FragmentResponse> winners) {
    try {
      // One that is there already says the same.
      boolean _ = StageClosings.create(objects, stage, winners);
    } catch (FrazilException e) {
      // Whoever goes on finds the stage by its partials.
    }
  }
}
