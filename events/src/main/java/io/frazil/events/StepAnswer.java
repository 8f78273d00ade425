package io.frazil.events;

/// What a state machine is to do next for a query. Every member is there every time, as a state
/// machine fails where it looks for one that is not.
///
/// @param bucket and
/// @param key of the list of tasks: a JSON array of [StoredTask]; empty where there is none
/// @param tasks how many there are
/// @param concurrency how many run at a time
public record StepAnswer(Next next, String bucket, String key, int tasks, int concurrency) {
  /// What comes next.
  public enum Next {
    /// Run the tasks, then make another step.
    TASKS,
    /// Another coordinator makes a step just now: come again.
    BUSY,
    /// The query is over, however it ended.
    DONE
  }

  /// Without tasks.
  public static StepAnswer of(Next next) {
    return new StepAnswer(next, "", "", 0, 1);
  }
}
