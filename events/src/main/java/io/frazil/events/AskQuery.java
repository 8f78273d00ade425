package io.frazil.events;

/// Asks a coordinator where a query of the operators' door is; answered by its [QueryStatus].
///
/// @param status the query's id
public record AskQuery(String status) {
  public AskQuery {
    RunQuery.requireId("status", status);
  }
}
