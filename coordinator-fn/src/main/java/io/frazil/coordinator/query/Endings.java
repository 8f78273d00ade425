package io.frazil.coordinator.query;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.ErrorMessage;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.QueryState;
import io.frazil.events.QueryState.Phase;
import io.frazil.events.log.QueryLog;
import io.frazil.session.dispatch.ErrorMessages;
import java.util.Optional;

/// How queries end: what is written down, in which order, and what is removed. What comes after the
/// terminal phase changes nothing of it.
///
/// @param log where it is said what ended, and what went wrong afterwards
record Endings(QueryObjects objects, QueryLog log) {
  /// How many owners of a query may be lost before one gets further: each begins where the last
  /// was, or anew, and costs as much.
  static final int OWNERS_LOST_MAX = 3;

  /// Why nothing more is done for a query that was just taken on, if so.
  Optional<ErrorMessage> due(String id, Lease lease, QueryRequest request) {
    if (!lease.isFirst() && !Repeatable.isRepeatable(request.sql())) {
      afterwards(
          id,
          "Files are left of a statement that was lost",
          () -> new StoredAppends(objects, id).giveUp());
      return Optional.of(Failure.LOST_WHILE_WRITING);
    }
    // Of one that nobody had, the word to stop was its end.
    if (!lease.isFirst() && objects.isCancelled(id)) {
      return Optional.of(Failure.CANCELLED);
    }
    if (lease.ownersLost() >= OWNERS_LOST_MAX) {
      return Optional.of(Failure.LOST_TOO_OFTEN);
    }
    Long millisMax = request.millisMax();
    return millisMax != null && lease.millisLeft(millisMax) <= 0
        ? Optional.of(ErrorMessages.encode(Failure.tooLong(millisMax)))
        : Optional.empty();
  }

  /// What a query gave that is over.
  QueryResponse of(String id, QueryState state) {
    Optional<QueryResponse> response = objects.response(id, state.phase());
    if (state.phase() == Phase.DONE) {
      return response.orElseThrow(() ->
          new FrazilException(
              ErrorCode.QUERY_NOT_FOUND, "What query '" + id + "' gave has expired"));
    }
    ErrorMessage error = state.error();
    return response.orElseGet(
        () -> QueryResponse.failed(id, error == null ? Failure.CANCELLED : error));
  }

  /// Writes down how a query ended, and then removes what it no longer needs.
  ///
  /// @return what counts; empty where the query is another coordinator's by now, whose word counts
  Optional<QueryResponse> end(String id, Lease lease, QueryResponse response) {
    ErrorMessage error = response.error();
    if (error != null) {
      if (!lease.end(Failure.phase(error), error)) {
        return Optional.empty();
      }
      log.ended(id, response);
      afterwards(
          id,
          "What the query took was not written down",
          () -> {
            // The state says already that it failed.
            boolean _ = response.ledger() != null && objects.create(id, response);
          });
      clean(id);
      return Optional.of(response);
    }
    // Where another coordinator was first, what it wrote is what everybody sees.
    Optional<QueryResponse> first =
        objects.create(id, response) ? Optional.empty() : objects.response(id);
    if (!lease.end(Phase.DONE, null)) {
      return Optional.empty();
    }
    log.ended(id, response);
    if (!isOfOneStage(response)) {
      clean(id);
    }
    return Optional.of(first.orElse(response));
  }

  /// Removes what a query that is over no longer needs.
  void clean(String id) {
    afterwards(id, "Stages are left to the bucket's lifecycle", () -> objects.removeStages(id));
  }

  /// Does what changes nothing of how a query ended, whether or not it succeeds.
  ///
  /// @param otherwise what is said in the log where it does not
  void afterwards(String id, String otherwise, Runnable last) {
    try {
      last.run();
    } catch (RuntimeException e) {
      log.passedOver(id, otherwise, Failure.message(id, e, log));
    }
  }

  private static boolean isOfOneStage(QueryResponse response) {
    QueryResponse.Statistics statistics = response.statistics();
    return statistics != null && statistics.stages().size() <= 1;
  }
}
