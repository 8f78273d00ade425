package io.frazil.cli.client;

import io.frazil.engine.arrow.ArrowBatchReader;
import io.frazil.engine.error.ErrorClass;
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
  private static final long ASK_AGAIN_MILLIS = 50;
  private static final long ASK_AGAIN_MILLIS_MAX = 1_000;

  private final Coordinator coordinator;
  private final String token;
  private final CompletableFuture<QueryResponse> response;
  private @Nullable Rows rows;
  private volatile boolean cancelled;
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
    return response.isCompletedExceptionally() || response.join().statistics() == null
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

  /// Asks until the query has heard of it or is over: a coordinator that is just starting does not
  /// know of it yet.
  @Override
  public void cancel() {
    cancelled = true;
    long pause = ASK_AGAIN_MILLIS;
    while (!response.isDone() && !isHeard()) {
      try {
        Thread.sleep(pause);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      pause = Math.min(ASK_AGAIN_MILLIS_MAX, pause * 2);
    }
  }

  private boolean isHeard() {
    try {
      return coordinator.cancel(token);
    } catch (FrazilException e) {
      if (e.errorClass() != ErrorClass.TRANSIENT) {
        throw e;
      }
      return false;
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

  private synchronized Rows reader() {
    if (rows == null) {
      rows = new Rows(coordinator.open(await()));
    }
    return rows;
  }

  /// Rows that lie somewhere: reading them may take long too, and ends where the query is
  /// cancelled.
  private final class Rows implements BatchReader {
    private final ArrowBatchReader stored;

    Rows(ArrowBatchReader stored) {
      this.stored = stored;
    }

    Schema schema() {
      return stored.schema();
    }

    @Override
    public @Nullable Batch next() {
      if (cancelled) {
        throw new FrazilException(ErrorCode.CANCELLED, "The query was cancelled");
      }
      return stored.next();
    }

    @Override
    public void close() {
      stored.close();
    }
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
