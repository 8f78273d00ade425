package io.frazil.s3;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A request on its way, on a virtual thread of its own: an interrupt ends blocking reads and
/// writes on such a thread, wherever they are, and nowhere else.
final class Flight<T> {
  private final FutureTask<T> task;
  private final Thread thread;

  private Flight(FutureTask<T> task) {
    this.task = task;
    this.thread = Thread.ofVirtual().name("frazil-s3").start(task);
  }

  static <T> Flight<T> start(Retry.Attempt<T> attempt) {
    return new Flight<>(new FutureTask<>(attempt::run));
  }

  /// Waits for the end, whatever it is, no longer than `limit`. When it returns or throws, nothing
  /// of the request goes on.
  T land(Duration limit) throws IOException {
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw thrown(e);
    } catch (TimeoutException _) {
      throw new SocketTimeoutException("no end after " + limit.toSeconds() + " s");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } finally {
      abort();
    }
  }

  /// Breaks the request off and waits until it has let go of everything.
  void abort() {
    thread.interrupt();
    join(thread);
  }

  /// Waits for the end of a thread that was told to end; an interrupt is kept for later.
  static void join(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static IOException thrown(ExecutionException e) {
    return switch (e.getCause()) {
      case IOException io -> io;
      case UncheckedIOException unchecked -> new IOException(unchecked.getMessage(), unchecked);
      case RuntimeException bug -> throw bug;
      case Error error -> throw error;
      case null, default -> throw new IllegalStateException(e);
    };
  }
}
