package io.frazil.events;

import java.util.regex.Pattern;

/// Tells a coordinator to take on a query that was accepted.
///
/// @param run the query's id
public record RunQuery(String run) {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8,64}");

  public RunQuery {
    requireId("run", run);
  }

  static void requireId(String member, String id) {
    Json.require(ID.matcher(id).matches(), member + " must be the id of a query");
  }
}
