package io.frazil.coordinator.http;

import io.frazil.coordinator.query.Failure;
import io.frazil.coordinator.query.Queries;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.HttpAnswer;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryStatus;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/// Accepts queries, has them begun, and waits a while for their end.
final class Submissions {
  private final Queries queries;
  private final Starter starter;
  private final Results results;
  private final Duration wait;

  Submissions(Queries queries, Starter starter, Results results, Duration wait) {
    this.queries = queries;
    this.starter = starter;
    this.results = results;
    this.wait = wait;
  }

  /// 200 with the result where the query ends within the wait, else 202 and where to ask.
  HttpAnswer submit(String caller, QueryRequest request) {
    long end = System.nanoTime() + wait.toNanos();
    String id = queries.submit(caller, request);
    try {
      switch (queries.status(caller, id).state()) {
        case ACCEPTED -> starter.start(id);
        case RUNNING -> goOnIfAbandoned(caller, id);
        case DONE, FAILED, CANCELLED -> {}
      }
      return answer(caller, id, await(caller, id, end));
    } catch (FrazilException | OutOfMemoryError e) {
      return Problems.of(Failure.exception(e), id);
    }
  }

  /// The state of a query; one that was left by whoever worked on it is begun again.
  QueryStatus status(String caller, String id) {
    goOnIfAbandoned(caller, id);
    return queries.status(caller, id);
  }

  private void goOnIfAbandoned(String caller, String id) {
    if (queries.isAbandoned(caller, id)) {
      starter.handOver(id);
    }
  }

  private HttpAnswer answer(String caller, String id, QueryStatus status) {
    String location = "/v1/queries/" + id;
    return switch (status.state()) {
      case ACCEPTED, RUNNING ->
          HttpAnswers.json(202, Map.of("location", location, "retry-after", "1"), status);
      case DONE ->
          HttpAnswers.json(
              200,
              Map.of("location", location),
              results.page(queries.response(caller, id), Window.FIRST));
      case FAILED, CANCELLED ->
          Problems.ofEnded(id, Objects.requireNonNull(status.error(), "what failed has an error"));
    };
  }

  private QueryStatus await(String caller, String id, long end) {
    long pauseMillis = 20;
    QueryStatus status = queries.status(caller, id);
    while (!status.state().isTerminal() && System.nanoTime() < end) {
      sleep(Math.min(pauseMillis, Math.max(1, (end - System.nanoTime()) / 1_000_000)));
      pauseMillis = Math.min(250, pauseMillis * 2);
      status = queries.status(caller, id);
    }
    return status;
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FrazilException(ErrorCode.CANCELLED, "Waiting for the query was interrupted", e);
    }
  }
}
