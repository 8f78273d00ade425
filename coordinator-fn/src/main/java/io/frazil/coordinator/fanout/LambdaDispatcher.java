package io.frazil.coordinator.fanout;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.FragmentRequest;
import io.frazil.events.FragmentResponse;
import io.frazil.events.Json;
import io.frazil.events.MessageException;
import io.frazil.events.log.QueryLog;
import io.frazil.session.cost.Charge;
import io.frazil.session.dispatch.Dispatcher;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/// Workers that are functions on Lambda:
///
/// ```
///   the first 256 at a time   → worker
///   what comes beyond these   → leader → 64 workers
/// ```
///
/// A leader is a coordinator that only hands on. What is tried again goes to its worker directly.
/// Safe for use by many threads.
public final class LambdaDispatcher implements Dispatcher, AutoCloseable {
  /// How many workers are called directly at a time: as many connections as one process of a
  /// coordinator's size keeps busy.
  public static final int DIRECT_MAX = 256;

  private final FunctionCall worker;
  private final Optional<FunctionCall> leader;
  private final Optional<Leaders> leaders;
  private final Semaphore direct;
  private final ExecutorService threads;
  private final QueryLog log;

  /// Calls all workers directly.
  public LambdaDispatcher(FunctionCall worker) {
    this(worker, Optional.empty());
  }

  /// @param leader a coordinator that calls the same workers
  public LambdaDispatcher(FunctionCall worker, FunctionCall leader) {
    this(worker, Optional.of(leader));
  }

  private LambdaDispatcher(FunctionCall worker, Optional<FunctionCall> leader) {
    this.worker = worker;
    this.leader = leader;
    this.direct = new Semaphore(DIRECT_MAX);
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
    this.log = QueryLog.SILENT;
    this.leaders = leaders(_ -> {});
  }

  /// Shares the bound and the threads of another.
  private LambdaDispatcher(LambdaDispatcher whole, Consumer<Charge> charges, QueryLog log) {
    this.worker = whole.worker;
    this.leader = whole.leader;
    this.direct = whole.direct;
    this.threads = whole.threads;
    this.log = log;
    this.leaders = leaders(charges);
  }

  private Optional<Leaders> leaders(Consumer<Charge> charges) {
    return leader.map(function -> new Leaders(function, threads, charges));
  }

  /// Of which the whole is closed.
  @Override
  public Dispatcher charging(Consumer<Charge> charges) {
    return leader.isEmpty() ? this : new LambdaDispatcher(this, charges, log);
  }

  /// The same, which says in a log what had to be called again and what gave no answer.
  public LambdaDispatcher loggingTo(QueryLog other) {
    return new LambdaDispatcher(this, _ -> {}, other);
  }

  @Override
  public CompletableFuture<FragmentResponse> run(FragmentRequest request) {
    var response = new CompletableFuture<FragmentResponse>();
    if (direct.tryAcquire()) {
      AbortableCall.start(threads, response, () -> call(request, response));
      return response;
    }
    if (leaders.isPresent() && request.attempt() == 1) {
      return leaders.get().run(request);
    }
    AbortableCall.start(threads, response, () -> await(request, response));
    return response;
  }

  /// Waits for the attempts that still run.
  @Override
  public void close() {
    threads.close();
  }

  private void await(FragmentRequest request, CompletableFuture<FragmentResponse> response) {
    try {
      direct.acquire();
    } catch (InterruptedException _) {
      return; // Nobody wants it any more.
    }
    call(request, response);
  }

  private void call(FragmentRequest request, CompletableFuture<FragmentResponse> response) {
    try {
      boolean _ = response.complete(invoke(request));
    } catch (RuntimeException | Error e) {
      if (e instanceof FrazilException known && !response.isCancelled()) {
        log.callFailed(request, known.code().name());
      }
      boolean _ = response.completeExceptionally(e);
    }
  }

  /// By one who has a place, which is free again before anybody knows of the response.
  private FragmentResponse invoke(FragmentRequest request) {
    try {
      if (request.attempt() > 1) {
        log.triedAgain(request);
      }
      FunctionCall.Answer answer = worker.call(Json.encode(request));
      FragmentResponse response = Json.decode(answer.payload(), FragmentResponse.class);
      return answer.billedMillis().isPresent()
          ? response.billed(answer.billedMillis().getAsLong())
          : response;
    } catch (MessageException e) {
      throw new FrazilException(
          ErrorCode.INVALID_MESSAGE, "What a worker gave is no answer: " + e.getMessage(), e);
    } finally {
      direct.release();
    }
  }
}
