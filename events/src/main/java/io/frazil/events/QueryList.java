package io.frazil.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `GET /v1/queries` tells: a page of the caller's queries, the latest first.
///
/// @param next the `page` that follows; null where this is the last
public record QueryList(List<Entry> queries, @Nullable String next) {
  public QueryList {
    queries = List.copyOf(queries);
  }

  /// One query.
  ///
  /// @param sql the statement, of which a long one's beginning
  /// @param submitted this and the others as `2026-01-31T12:00:00Z`
  public record Entry(
      String query,
      String sql,
      QueryState.Phase state,
      String submitted,
      @Nullable String started,
      @Nullable String ended,
      @Nullable ErrorMessage error) {}
}
