package io.frazil.events;

/// Tells a worker to run a stored task.
///
/// @param stored which
/// @param attempt from 1
public record RunStoredTask(StoredTask stored, int attempt) {
  public RunStoredTask {
    Json.require(attempt >= 1, "attempt begins at 1");
  }
}
