package io.frazil.events;

/// Tells a worker to run a stored task.
///
/// @param stored which
/// @param attempt from 1; those on a large worker from [#FIRST_LARGE] on
public record RunStoredTask(StoredTask stored, int attempt) {
  /// The number of a task's first attempt on a large worker. The state machine's definition has it
  /// too: attempts on usual workers are far fewer.
  public static final int FIRST_LARGE = 101;

  public RunStoredTask {
    Json.require(attempt >= 1, "attempt begins at 1");
  }

  /// Whether an attempt of a stored task is one on a large worker.
  public static boolean isOnLargeWorker(int attempt) {
    return attempt >= FIRST_LARGE;
  }
}
