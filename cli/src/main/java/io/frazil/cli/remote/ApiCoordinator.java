package io.frazil.cli.remote;

import io.frazil.cli.client.Coordinator;
import io.frazil.engine.arrow.ArrowBatchReader;
import io.frazil.engine.error.ErrorClass;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.events.Json;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.QueryState.Progress;
import io.frazil.events.QueryStatus;
import io.frazil.events.ResultLocation;
import io.frazil.session.dispatch.ErrorMessages;
import io.frazil.session.statistics.QueryProgress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A deployment's HTTP API. A query is submitted and asked about until it is over; its result is
/// fetched from where it lies.
final class ApiCoordinator implements Coordinator {
  private static final long POLL_MILLIS = 100;
  private static final long POLL_MILLIS_MAX = 1_000;

  /// How long the state of a query may not be had: an hour's work is not thrown away because a
  /// network is gone for a minute.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Requests requests;
  private final MemoryPool memory;
  private final Duration patience;
  private final Map<String, Followed> queries = new ConcurrentHashMap<>();

  ApiCoordinator(Requests requests, MemoryPool memory) {
    this(requests, memory, PATIENCE);
  }

  /// @param patience how long the state of a query may not be had
  ApiCoordinator(Requests requests, MemoryPool memory, Duration patience) {
    this.requests = requests;
    this.memory = memory;
    this.patience = patience;
  }

  /// What is known here of a query. Guarded by itself.
  private static final class Followed {
    private @Nullable String id;
    private boolean cancelled;
    private @Nullable Progress progress;

    synchronized boolean isCancelled() {
      return cancelled;
    }
  }

  @Override
  public byte[] run(byte[] request) {
    String token = Objects.requireNonNull(Json.decode(request, QueryRequest.class).token());
    Followed query = queries.computeIfAbsent(token, _ -> new Followed());
    Reply accepted = requests.send("POST", "/v1/queries", request, Map.of());
    Optional<String> location = accepted.header("location");
    if (location.isEmpty()) {
      return Json.encode(QueryResponse.failed(null, ErrorMessages.encode(refusal(accepted))));
    }
    String id = location.get().substring(location.get().lastIndexOf('/') + 1);
    synchronized (query) {
      query.id = id;
    }
    QueryStatus status;
    try {
      status = ended(query, id);
    } catch (FrazilException e) {
      throw leftAlone(id, e);
    }
    return response(status);
  }

  /// What a query gave that is over.
  static byte[] response(QueryStatus status) {
    QueryResponse response = status.response();
    return Json.encode(
        response != null
            ? response
            : QueryResponse.failed(
                status.query(),
                Objects.requireNonNull(status.error(), "what has no result failed")));
  }

  @Override
  public Optional<QueryProgress> progress(String token) {
    Followed query = queries.get(token);
    if (query == null) {
      return Optional.empty();
    }
    synchronized (query) {
      return Optional.ofNullable(query.progress).map(ApiCoordinator::progress);
    }
  }

  @Override
  public boolean cancel(String token) {
    Followed query = queries.computeIfAbsent(token, _ -> new Followed());
    String id;
    synchronized (query) {
      query.cancelled = true;
      id = query.id;
    }
    if (id == null) {
      return false;
    }
    Reply reply = stop(id);
    if (!reply.isGood()) {
      throw reply.failure();
    }
    return true;
  }

  @Override
  public ArrowBatchReader open(QueryResponse response) {
    String id = Objects.requireNonNull(response.query());
    var object =
        new RemoteObject(
            requests,
            () ->
                requests
                    .get("/v1/queries/" + id + "/results?format=arrow")
                    .as(ResultLocation.class));
    return ArrowBatchReader.ofFile(object, memory);
  }

  /// What lies there expires.
  @Override
  public void forget(String token) {
    queries.remove(token);
  }

  private static FrazilException refusal(Reply reply) {
    return reply.isGood()
        ? new FrazilException(
            ErrorCode.VERSION_MISMATCH, "The endpoint does not answer as a Frazil's does")
        : reply.failure();
  }

  private Reply stop(String id) {
    return requests.send("DELETE", "/v1/queries/" + id, new byte[0], Map.of());
  }

  /// Nobody waits for a query any more whose state cannot be had, so it is asked to stop: it would
  /// be paid for.
  private FrazilException leftAlone(String id, FrazilException why) {
    boolean stopping;
    try {
      stopping = stop(id).isGood();
    } catch (FrazilException e) {
      why.addSuppressed(e);
      stopping = false;
    }
    return new FrazilException(
        why.code(),
        "%s: query %s %s".formatted(why.getMessage(), id, stopping ? "was stopped" : "may go on"),
        why);
  }

  private QueryStatus ended(Followed query, String id) {
    long pause = POLL_MILLIS;
    long known = System.nanoTime();
    while (true) {
      try {
        QueryStatus status = requests.get("/v1/queries/" + id).as(QueryStatus.class);
        if (status.state().isTerminal()) {
          return status;
        }
        known = System.nanoTime();
        synchronized (query) {
          query.progress = status.progress();
        }
      } catch (FrazilException e) {
        boolean isOver = System.nanoTime() - known > patience.toNanos();
        if (e.errorClass() != ErrorClass.TRANSIENT || isOver || query.isCancelled()) {
          throw e;
        }
      }
      Requests.sleep(pause);
      pause = Math.min(POLL_MILLIS_MAX, pause * 3 / 2);
    }
  }

  static QueryProgress progress(Progress now) {
    return new QueryProgress(
        now.stage(),
        now.stages(),
        now.tasksDone(),
        now.tasks(),
        now.rows(),
        now.bytesRead(),
        now.bytesToRead());
  }
}
