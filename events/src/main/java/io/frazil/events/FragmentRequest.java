package io.frazil.events;

import io.frazil.json.JsonText;
import org.jspecify.annotations.Nullable;

/// One attempt at one task, on its way to a worker.
///
/// @param query the id of the query
/// @param stage number within the query
/// @param task number within the stage
/// @param attempt from 1; a retried or duplicated task differs in nothing else
/// @param fragment what to run, as JSON of the engine's own version and making; null where it lies
///   in the store
/// @param location of the object that the fragment is, where it is too large for a message
public record FragmentRequest(
    String query,
    int stage,
    int task,
    int attempt,
    @Nullable JsonText fragment,
    @Nullable String location) {
  public FragmentRequest {
    Json.require(!query.isBlank(), "query must not be blank");
    Json.require(stage >= 0, "stage must not be negative");
    Json.require(task >= 0, "task must not be negative");
    Json.require(attempt >= 1, "attempt begins at 1");
    Json.require(
        (fragment == null) != (location == null),
        "either a fragment or its location has to be there");
  }

  public FragmentRequest(String query, int stage, int task, int attempt, String fragment) {
    this(query, stage, task, attempt, new JsonText(fragment), null);
  }
}
