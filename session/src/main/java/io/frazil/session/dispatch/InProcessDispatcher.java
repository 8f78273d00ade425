package io.frazil.session.dispatch;

import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.events.Json;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/// Workers within this process: each fragment is a message and runs by the worker function's own
/// handler, as on Lambda.
public final class InProcessDispatcher implements Dispatcher, AutoCloseable {
  private final UnaryOperator<byte[]> worker;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// @param worker from an encoded request to the encoded response; safe for use by many threads
  public InProcessDispatcher(UnaryOperator<byte[]> worker) {
    this.worker = worker;
  }

  @Override
  public CompletableFuture<FragmentResponse> run(FragmentRequest request) {
    return CompletableFuture.supplyAsync(
        () -> Json.decode(worker.apply(Json.encode(request)), FragmentResponse.class), threads);
  }

  /// Waits for the attempts that still run.
  @Override
  public void close() {
    threads.close();
  }
}
