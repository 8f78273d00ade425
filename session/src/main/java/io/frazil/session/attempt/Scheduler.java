package io.frazil.session.attempt;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// The time, and work for later. A test's own makes days of it in a moment, always in one order.
interface Scheduler {
  /// The machine's time; work runs on virtual threads.
  Scheduler SYSTEM = new SystemScheduler();

  /// For differences only.
  long nanos();

  /// Has something done, never before this returns.
  void execute(Runnable work);

  Timer after(Duration delay, Runnable work);

  /// Work that waits for its time.
  interface Timer {
    /// Takes it back, unless it has begun.
    void cancel();
  }

  /// See [#SYSTEM].
  final class SystemScheduler implements Scheduler {
    private SystemScheduler() {}

    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public void execute(Runnable work) {
      Thread.ofVirtual().name("frazil-attempt").start(work);
    }

    @Override
    public Timer after(Duration delay, Runnable work) {
      var due = new CompletableFuture<Void>();
      var _ =
          due.completeOnTimeout(null, delay.toNanos(), TimeUnit.NANOSECONDS)
              .thenRunAsync(work, this::execute);
      return () -> due.cancel(false);
    }
  }
}
