package io.frazil.session.attempt;

import io.frazil.events.FragmentResponse;
import io.frazil.session.dispatch.WorkerSize;
import java.util.concurrent.CompletableFuture;

/// The attempts at one task. Any may commit; all that do commit the same.
@FunctionalInterface
public interface Attempts {
  /// Starts one. The future is as [io.frazil.session.dispatch.Dispatcher#run] says.
  ///
  /// @param number from 1, each used once
  CompletableFuture<FragmentResponse> start(int number, WorkerSize size);

  /// Whether one may run beside another that is slow, only to save time.
  default boolean affordTwin(WorkerSize size) {
    return true;
  }
}
