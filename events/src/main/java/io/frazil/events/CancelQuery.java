package io.frazil.events;

/// Asks a coordinator to stop a query of the operators' door; answered by its [QueryStatus].
///
/// @param cancel the query's id
public record CancelQuery(String cancel) {
  public CancelQuery {
    RunQuery.requireId("cancel", cancel);
  }
}
