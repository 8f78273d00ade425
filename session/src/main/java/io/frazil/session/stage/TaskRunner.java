package io.frazil.session.stage;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.task.Cancellation;
import io.frazil.events.FragmentResponse;
import io.frazil.session.dispatch.ErrorMessages;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/// Gets tasks done: tries each until an attempt succeeds, within a bound on how many run at a time.
/// Called by a thread a task.
final class TaskRunner {
  /// How long a cancelled query waits for the attempts that still run, so that none of them writes
  /// behind its back.
  private static final long GRACE_SECONDS = 5;

  private final Semaphore slots;
  private final RetryPolicy retries;
  private final Cancellation cancellation;

  /// @param concurrency how many attempts run at a time
  TaskRunner(int concurrency, RetryPolicy retries, Cancellation cancellation) {
    this.slots = new Semaphore(concurrency);
    this.retries = retries;
    this.cancellation = cancellation;
  }

  /// The response of the one attempt that counts.
  ///
  /// @param attempts starts an attempt by its number, from 1
  /// @throws FrazilException of the last attempt, or the reason to stop
  FragmentResponse run(TaskId task, IntFunction<CompletableFuture<FragmentResponse>> attempts) {
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt(task, attempt, attempts);
      } catch (FrazilException e) {
        cancellation.check();
        if (!retries.retries(e, attempt)) {
          throw attempt == 1
              ? e
              : new FrazilException(
                  e.code(),
                  "%s failed in %d attempts: %s".formatted(task, attempt, e.getMessage()),
                  e);
        }
        pause(retries.pause(attempt).toMillis());
      }
    }
  }

  private FragmentResponse attempt(
      TaskId task, int attempt, IntFunction<CompletableFuture<FragmentResponse>> attempts) {
    slots.acquireUninterruptibly();
    try {
      cancellation.check();
      FragmentResponse response = await(task, attempts.apply(attempt));
      if (!task.equals(new TaskId(response.query(), response.stage(), response.task()))
          || response.attempt() != attempt) {
        throw new FrazilException(
            ErrorCode.INTERNAL,
            "attempt %d at %s was answered for attempt %d at task %d of stage %d"
                .formatted(attempt, task, response.attempt(), response.task(), response.stage()));
      }
      if (response.error() != null) {
        throw ErrorMessages.decode(response.error());
      }
      return response;
    } finally {
      slots.release();
    }
  }

  private FragmentResponse await(TaskId task, CompletableFuture<FragmentResponse> running) {
    try (var _ = cancellation.onStop(() -> running.orTimeout(GRACE_SECONDS, TimeUnit.SECONDS))) {
      return running.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof FrazilException known
          ? known
          : new FrazilException(
              ErrorCode.ATTEMPT_LOST, "%s was lost: %s".formatted(task, e.getCause()), e);
    }
  }

  private void pause(long millis) {
    var stopped = new CountDownLatch(1);
    try (var _ = cancellation.onStop(stopped::countDown)) {
      boolean _ = stopped.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    cancellation.check();
  }
}
