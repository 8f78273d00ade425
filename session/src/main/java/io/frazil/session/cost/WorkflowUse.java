package io.frazil.session.cost;

/// What a query took of Step Functions.
///
/// @param transitions of standard executions, retries among them
/// @param expressRequests executions that were express ones
/// @param expressGbSeconds how long those ran, by the memory that they took
public record WorkflowUse(long transitions, long expressRequests, double expressGbSeconds) {
  public static final WorkflowUse NONE = new WorkflowUse(0, 0, 0);

  /// A step, the look at what comes next, and that.
  private static final int TRANSITIONS_A_STEP = 3;

  static final WorkflowUse STEP = new WorkflowUse(TRANSITIONS_A_STEP, 0, 0);

  /// The least that is billed for an express execution; a task's is far from more.
  private static final double EXPRESS_GB = 64 / 1024.0;

  /// To which the time of an express execution is rounded up.
  private static final long EXPRESS_MILLIS = 100;

  /// What a distributed map runs a task as.
  public enum Children {
    STANDARD,
    EXPRESS
  }

  /// What a query took whose tasks were children of a state machine's maps.
  ///
  /// @param steps how many the state machine had made, the one that is made now among them
  /// @param tasks what the tasks were paid by on Lambda
  static WorkflowUse of(Children children, int steps, Iterable<Charge> tasks) {
    long attempts = 0;
    long millis = 0;
    for (Charge charge : tasks) {
      attempts += charge.attempts();
      millis += charge.millis();
    }
    long transitions = (long) steps * TRANSITIONS_A_STEP;
    return switch (children) {
      case STANDARD -> new WorkflowUse(transitions + attempts, 0, 0);
      case EXPRESS ->
          new WorkflowUse(
              transitions, attempts, (millis + attempts * EXPRESS_MILLIS) / 1e3 * EXPRESS_GB);
    };
  }

  /// The least that one child of a map takes, whatever its task does.
  static WorkflowUse child(Children children) {
    return switch (children) {
      case STANDARD -> new WorkflowUse(1, 0, 0);
      case EXPRESS -> new WorkflowUse(0, 1, EXPRESS_MILLIS / 1e3 * EXPRESS_GB);
    };
  }

  public WorkflowUse plus(WorkflowUse other) {
    return new WorkflowUse(
        transitions + other.transitions,
        expressRequests + other.expressRequests,
        expressGbSeconds + other.expressGbSeconds);
  }
}
