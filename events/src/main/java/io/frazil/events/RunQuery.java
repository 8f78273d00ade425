package io.frazil.events;

/// Tells a coordinator to take on a query that was accepted.
///
/// @param run the query's id
public record RunQuery(String run) {
  public RunQuery {
    Json.require(run.matches("[0-9a-f]{8,64}"), "run must be the id of a query");
  }
}
