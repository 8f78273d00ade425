package io.frazil.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `GET /v1/queries/{id}` tells.
///
/// @param stages what became of the attempts at their tasks so far; null where nothing is known,
///   and once the query is over
/// @param ledger what it has cost so far, as its owner last told; null where nothing is known, and
///   once the query's response tells
/// @param response all but the rows, once the query is over; null where it failed early
public record QueryStatus(
    String query,
    String sql,
    QueryState.Phase state,
    String submitted,
    @Nullable String started,
    @Nullable String ended,
    QueryState.@Nullable Progress progress,
    @Nullable List<Stage> stages,
    QueryResponse.@Nullable Ledger ledger,
    @Nullable QueryResponse response,
    @Nullable ErrorMessage error) {
  /// How far a stage is. The query's `response` says more, in the end.
  ///
  /// @param done attempts that ended well
  /// @param failed or were lost
  /// @param running still
  public record Stage(int number, long done, long failed, long running) {}
}
