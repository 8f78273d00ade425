package io.frazil.sql.parser;

import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/// Runs what recurses as deep as a query nests on a thread whose stack has room for it: the usual
/// megabyte ends at some three hundred conditions joined by OR, which programs write that fill in a
/// list. The system gives the stack's memory as it is used, and takes it back with the thread.
public final class DeepStack {
  /// Twice what as many conditions take as [Nesting] lets through, before they are compiled.
  private static final long BYTES = 80L << 20;

  private DeepStack() {}

  /// What is computed, or thrown. An interrupt of the caller is one of the computation.
  public static <T> T call(Callable<T> work) {
    var task = new FutureTask<>(work);
    if (Thread.currentThread() instanceof Deep) {
      task.run();
    } else {
      finish(new Deep(task));
    }
    if (task.state() == Future.State.SUCCESS) {
      return task.resultNow();
    }
    Throwable failure = task.exceptionNow();
    switch (failure) {
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }

  /// Whether an error is that a stack was not deep enough, or comes of it.
  public static boolean ended(Throwable error) {
    for (Throwable t = error; t != null; t = t.getCause()) {
      if (t instanceof StackOverflowError) {
        return true;
      }
    }
    return false;
  }

  private static void finish(Thread thread) {
    thread.start();
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
        thread.interrupt();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static final class Deep extends Thread {
    Deep(Runnable work) {
      super(null, work, "frazil-planner", BYTES);
      setDaemon(true);
    }
  }
}
