package io.frazil.events;

/// A task whose [FragmentRequest] lies in an object among others.
///
/// @param fragments the object's location
/// @param offset where its request begins, in bytes
/// @param length of its request, in bytes
/// @param control an object that exists as soon as the query is to stop
/// @param report where its [FragmentResponse] goes, once it succeeded
/// @param attempts what the names of objects begin with that tell of its other attempts, as they
///   are numbered by this list: [#failed] and [#begun]
/// @param retry what happens where one of them fails that another may cure
public record StoredTask(
    String query,
    int stage,
    int task,
    String fragments,
    long offset,
    int length,
    String control,
    String report,
    String attempts,
    Retry retry) {
  public StoredTask {
    Json.require(offset >= 0, "offset must not be negative");
    Json.require(length > 0 && length <= Json.MAX_BYTES, "length must be that of a request");
  }

  /// Who decides whether the task is tried again.
  public enum Retry {
    /// The state machine does, as often as its definition says.
    AT_ONCE,
    /// The next step does, which knows what was spent: of this list one attempt alone begins.
    NEXT_STEP,
    /// The same, and that attempt is one on the large worker.
    NEXT_STEP_LARGE
  }

  /// Where an attempt that failed, and that another may cure, leaves its [FragmentResponse].
  public String failed(int attempt) {
    return attempts + attempt + ".failed";
  }

  /// What is there as soon as the one attempt has begun that the list is good for.
  public String begun() {
    return attempts + (retry == Retry.NEXT_STEP_LARGE ? "large.begun" : "begun");
  }
}
