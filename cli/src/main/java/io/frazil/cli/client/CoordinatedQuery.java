package io.frazil.cli.client;

import io.frazil.engine.arrow.ArrowBatchReader;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.events.ErrorMessage;
import io.frazil.events.Json;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.session.QueryHandle;
import io.frazil.session.cost.Estimate;
import io.frazil.session.cost.Ledger;
import io.frazil.session.dispatch.ErrorMessages;
import io.frazil.session.statistics.QueryProgress;
import io.frazil.session.statistics.QueryStatistics;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// A query that a coordinator runs. Asking for what only its answer tells waits for that.
final class CoordinatedQuery implements QueryHandle {
  private static final QueryProgress BEGINNING = new QueryProgress(0, 1, 0, 0, 0, 0, 0);

  private final Coordinator coordinator;
  private final String token;
  private final CompletableFuture<QueryResponse> response;
  private @Nullable ArrowBatchReader rows;
  private boolean closed;

  /// Sends the request, which has a token.
  CoordinatedQuery(Coordinator coordinator, QueryRequest request) {
    this.coordinator = coordinator;
    this.token = Objects.requireNonNull(request.token());
    this.response =
        CompletableFuture.supplyAsync(
            () -> Json.decode(coordinator.run(Json.encode(request)), QueryResponse.class),
            Thread.ofPlatform().name("frazil-query")::start);
  }

  /// Waits for the answer.
  ///
  /// @throws FrazilException as the query failed
  QueryResponse await() {
    try {
      QueryResponse answer = response.join();
      ErrorMessage error = answer.error();
      if (error != null) {
        throw ErrorMessages.decode(error);
      }
      return answer;
    } catch (CompletionException e) {
      throw e.getCause() instanceof FrazilException known
          ? known
          : new FrazilException(
              ErrorCode.INTERNAL, "The coordinator could not be asked: " + e.getCause(), e);
    }
  }

  /// The same of a query that failed after it had begun.
  private QueryResponse whole() {
    return response.isCompletedExceptionally() || response.join().ledger() == null
        ? await()
        : response.join();
  }

  @Override
  public String id() {
    return Objects.requireNonNull(await().query());
  }

  @Override
  public Kind kind() {
    QueryResponse answer = await();
    if (!answer.columns().isEmpty()) {
      return Kind.ROWS;
    }
    return answer.updatedRows() == null ? Kind.DONE : Kind.COUNT;
  }

  @Override
  public Schema schema() {
    return kind() == Kind.ROWS ? reader().schema() : Schema.of();
  }

  @Override
  public BatchReader batches() {
    return kind() == Kind.ROWS ? reader() : new NoRows();
  }

  @Override
  public long updatedRows() {
    return Objects.requireNonNullElse(await().updatedRows(), 0L);
  }

  @Override
  public QueryStatistics statistics() {
    return ResponseStatistics.statistics(Objects.requireNonNull(whole().statistics()));
  }

  @Override
  public QueryProgress progress() {
    return coordinator.progress(token).orElse(BEGINNING);
  }

  @Override
  public Estimate estimate() {
    return ResponseStatistics.estimate(whole().estimate());
  }

  @Override
  public Ledger ledger() {
    return ResponseStatistics.ledger(Objects.requireNonNull(whole().ledger()));
  }

  @Override
  public void cancel() {
    if (!response.isDone()) {
      coordinator.cancel(token);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    cancel();
    boolean _ = response.handle((_, _) -> true).join();
    try (BatchReader _ = rows) {
      // Closed before what it reads is removed.
    }
    coordinator.forget(token);
  }

  private synchronized ArrowBatchReader reader() {
    if (rows == null) {
      rows = coordinator.open(await());
    }
    return rows;
  }

  private static final class NoRows implements BatchReader {
    @Override
    public @Nullable Batch next() {
      return null;
    }

    @Override
    public void close() {
      // Holds nothing.
    }
  }
}
