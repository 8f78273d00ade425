package io.frazil.coordinator.fanout;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/// A call that takes long, for as long as somebody waits for what it gives.
final class AbortableCall {
  private AbortableCall() {}

  /// Makes it, by a thread that is interrupted once `wanted` is cancelled: that closes a connection
  /// on which an answer is waited for. What was called goes on. Always runs `call`, so that what it
  /// gives back at its end is given back.
  ///
  /// @param threads virtual, as only those can be interrupted while they wait for a socket
  static void start(Executor threads, CompletableFuture<?> wanted, Runnable call) {
    threads.execute(() -> {
      Thread caller = Thread.currentThread();
      var _ =
          wanted.whenComplete((_, _) -> {
            if (wanted.isCancelled()) {
              caller.interrupt();
            }
          });
      call.run();
    });
  }
}
