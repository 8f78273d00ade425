package io.frazil.coordinator.fanout;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.events.Json;
import io.frazil.session.dispatch.Dispatcher;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/// Workers that are functions on Lambda. Safe for use by many threads.
public final class LambdaDispatcher implements Dispatcher, AutoCloseable {
  private final LambdaInvoker worker;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public LambdaDispatcher(LambdaInvoker worker) {
    this.worker = worker;
  }

  @Override
  public CompletableFuture<FragmentResponse> run(FragmentRequest request) {
    return CompletableFuture.supplyAsync(() -> invoke(request), threads);
  }

  /// Waits for the attempts that still run.
  @Override
  public void close() {
    threads.close();
  }

  private FragmentResponse invoke(FragmentRequest request) {
    InvokeResponse answer;
    try {
      answer = worker.invoke(Json.encode(request));
    } catch (SdkException e) {
      throw new FrazilException(
          ErrorCode.ATTEMPT_LOST, "The worker could not be called: " + e.getMessage(), e);
    }
    if (answer.functionError() != null) {
      throw new FrazilException(
          ErrorCode.ATTEMPT_LOST, "The worker failed: " + answer.payload().asUtf8String());
    }
    return Json.decode(answer.payload().asByteArrayUnsafe(), FragmentResponse.class);
  }
}
