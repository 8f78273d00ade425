package io.frazil.cli.remote;

import io.frazil.cli.client.Coordinator;
import io.frazil.engine.arrow.ArrowBatchReader;
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

  private final Requests requests;
  private final MemoryPool memory;
  private final Map<String, Followed> queries = new ConcurrentHashMap<>();

  ApiCoordinator(Requests requests, MemoryPool memory) {
    this.requests = requests;
    this.memory = memory;
  }

  /// What is known here of a query. Guarded by itself.
  private static final class Followed {
    private @Nullable String id;
    private boolean cancelled;
    private @Nullable Progress progress;
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
    if (begun(query, id)) {
      stop(id);
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
  public void cancel(String token) {
    Followed query = queries.computeIfAbsent(token, _ -> new Followed());
    String id;
    synchronized (query) {
      query.cancelled = true;
      id = query.id;
    }
    if (id != null) {
      stop(id);
    }
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

  /// @return whether it is to be stopped already
  private static boolean begun(Followed query, String id) {
    synchronized (query) {
      query.id = id;
      return query.cancelled;
    }
  }

  private void stop(String id) {
    Reply _ = requests.send("DELETE", "/v1/queries/" + id, new byte[0], Map.of());
  }

  /// Nobody waits for a query any more whose state cannot be had, so it is asked to stop: it would
  /// be paid for.
  private FrazilException leftAlone(String id, FrazilException why) {
    boolean stopping;
    try {
      stopping = requests.send("DELETE", "/v1/queries/" + id, new byte[0], Map.of()).isGood();
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
    while (true) {
      QueryStatus status = requests.get("/v1/queries/" + id).as(QueryStatus.class);
      if (status.state().isTerminal()) {
        return status;
      }
      synchronized (query) {
        query.progress = status.progress();
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
