package io.frazil.events;

import org.jspecify.annotations.Nullable;

/// What `GET /v1/queries/{id}` tells.
///
/// @param response all but the rows, once the query is over; null where it failed early
public record QueryStatus(
    String query,
    String sql,
    QueryState.Phase state,
    String submitted,
    @Nullable String started,
    @Nullable String ended,
    QueryState.@Nullable Progress progress,
    @Nullable QueryResponse response,
    @Nullable ErrorMessage error) {}
