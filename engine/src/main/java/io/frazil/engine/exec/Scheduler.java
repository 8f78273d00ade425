package io.frazil.engine.exec;

import io.frazil.engine.task.Cancellation;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// Runs pipelines on a few threads, each once those that it depends on are complete.
///
/// A free thread becomes one more driver of the first pipeline that is ready and still worth it, so
/// that all threads work on one pipeline while it lasts and spread over others when it runs out.
/// Drivers never wait for one another, but for the parts of a step that they share. A pipeline's
/// source is closed when it is complete, and its sink when all pipelines that depend on it are;
/// what is left is closed at the end.
final class Scheduler implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<PipelineRun> runs;
  private final Cancellation cancellation;
  private final Cancellation.Hook wakeUp;
  private final List<Thread> threads = new ArrayList<>();

  /// Steps that free threads help with.
  private final List<SharedStep> steps = new ArrayList<>();

  /// @param pipelines each behind those that it depends on
  /// @param cancellation of this execution alone: a failing driver stops it
  Scheduler(List<Pipeline> pipelines, Cancellation cancellation) {
    this.runs = PipelineRun.of(pipelines);
    this.cancellation = cancellation;
    this.wakeUp = cancellation.onStop(this::signal);
  }

  void start(int threadCount) {
    for (int i = 0; i < threadCount; i++) {
      threads.add(
          Thread.ofPlatform().name("frazil-driver-" + i).daemon(true).unstarted(this::work));
    }
    threads.forEach(Thread::start);
  }

  /// Waits for all threads to end, which they do once all is complete or the execution is stopped,
  /// and closes everything.
  @Override
  public void close() {
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    wakeUp.close();
    closeAll();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeAll() {
    RuntimeException failure = null;
    for (PipelineRun run : runs.reversed()) {
      try {
        run.close();
      } catch (RuntimeException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw Failure.of(failure, "closing");
    }
  }

  private void work() {
    PipelineRun run = take(null);
    while (run != null) {
      try {
        drive(run.pipeline());
      } catch (RuntimeException | Error e) {
        cancellation.stop(Failure.of(e, run.pipeline().name()));
      }
      run = take(run);
    }
  }

  /// Gives back what was driven, if anything, and takes what to drive next; null where nothing is
  /// left to do. Completes the pipeline if this was its last driver.
  private @Nullable PipelineRun take(@Nullable PipelineRun driven) {
    if (driven != null && endDriver(driven) && !cancellation.isStopped()) {
      complete(driven);
    }
    lock.lock();
    try {
      while (!cancellation.isStopped() && !runs.stream().allMatch(PipelineRun::isComplete)) {
        if (help()) {
          continue;
        }
        for (PipelineRun run : runs) {
          if (run.startDriver(threads.size())) {
            return run;
          }
        }
        changed.awaitUninterruptibly();
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /// Runs a step's parts on this thread and on those that are free: see [Workers#run].
  private void share(int count, IntConsumer part) {
    var step = new SharedStep(count, part, cancellation);
    lock.lock();
    try {
      steps.add(step);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    step.work();
    lock.lock();
    try {
      steps.remove(step);
      while (step.hasHelpers()) {
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
    step.rethrow();
  }

  /// Helps with a step that has parts left, without the lock in the meantime; says whether there
  /// was one. Called with the lock.
  private boolean help() {
    for (SharedStep step : steps) {
      if (step.hasParts()) {
        step.join();
        lock.unlock();
        try {
          step.work();
        } finally {
          lock.lock();
          step.leave();
          changed.signalAll();
        }
        return true;
      }
    }
    return false;
  }

  private void drive(Pipeline pipeline) {
    try (BatchReader reader = Chain.open(pipeline.source(), pipeline.operators());
        Sink.Driver driver = pipeline.sink().open()) {
      boolean wanted = true;
      while (wanted) {
        cancellation.check();
        Batch batch = reader.next();
        if (batch == null) {
          break;
        }
        wanted = batch.rows() == 0 || driver.accept(batch);
      }
      driver.finish();
    }
  }

  private boolean endDriver(PipelineRun run) {
    lock.lock();
    try {
      return run.endDriver();
    } finally {
      lock.unlock();
    }
  }

  private void complete(PipelineRun run) {
    try {
      run.pipeline().sink().combine(this::share);
      run.pipeline().source().close();
      List<PipelineRun> done = markComplete(run);
      done.forEach(PipelineRun::close);
    } catch (RuntimeException | Error e) {
      cancellation.stop(Failure.of(e, run.pipeline().name()));
    }
  }

  /// Says for which pipelines this was the last one that needed their sink.
  private List<PipelineRun> markComplete(PipelineRun run) {
    lock.lock();
    try {
      List<PipelineRun> done = run.markComplete();
      changed.signalAll();
      return done;
    } finally {
      lock.unlock();
    }
  }

  private void signal() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
