package io.frazil.session.cost;

/// What a query took of Step Functions, but for steps that were tried again and what Lambda had no
/// room for.
///
/// @param transitions of standard executions for its steps
/// @param taskTransitions of standard executions that ran a task each: one for each attempt
/// @param expressRequests executions that were express ones
/// @param expressGbSeconds how long those ran, by the memory that they took
public record WorkflowUse(
    long transitions, long taskTransitions, long expressRequests, double expressGbSeconds) {
  public static final WorkflowUse NONE = new WorkflowUse(0, 0, 0, 0);

  /// A step, the look at what comes next, and that.
  private static final int TRANSITIONS_A_STEP = 3;

  static final WorkflowUse STEP = new WorkflowUse(TRANSITIONS_A_STEP, 0, 0, 0);

  /// The least that is billed for an express execution; a task's is far from more.
  private static final double EXPRESS_GB = 64 / 1024.0;

  /// To which the time of an express execution is rounded up.
  private static final long EXPRESS_MILLIS = 100;

  /// What a distributed map runs a task as.
  public enum Children {
    STANDARD,
    EXPRESS
  }

  /// What a query took that a state machine goes on with.
  ///
  /// @param steps how many it has made, the one that is made now among them
  /// @param tasks how many the steps before listed
  /// @param retries how many attempts at them were tried again
  /// @param taskMillis how long all attempts ran
  static WorkflowUse of(Children children, long steps, long tasks, long retries, long taskMillis) {
    long transitions = steps * TRANSITIONS_A_STEP;
    return switch (children) {
      case STANDARD -> new WorkflowUse(transitions, tasks + retries, 0, 0);
      case EXPRESS ->
          new WorkflowUse(
              transitions, 0, tasks, (taskMillis + tasks * EXPRESS_MILLIS) / 1e3 * EXPRESS_GB);
    };
  }

  /// The least that one child of a map takes, whatever its task does.
  static WorkflowUse child(Children children) {
    return switch (children) {
      case STANDARD -> new WorkflowUse(0, 1, 0, 0);
      case EXPRESS -> new WorkflowUse(0, 0, 1, EXPRESS_MILLIS / 1e3 * EXPRESS_GB);
    };
  }

  /// What express executions take that run so long, in seconds.
  static WorkflowUse expressSeconds(double seconds) {
    return new WorkflowUse(0, 0, 0, seconds * EXPRESS_GB);
  }

  /// What it takes besides that a child tries again, or goes on to the large worker.
  static WorkflowUse retry(Children children) {
    return switch (children) {
      case STANDARD -> new WorkflowUse(0, 1, 0, 0);
      case EXPRESS -> NONE;
    };
  }

  boolean isSome() {
    return transitions > 0;
  }
}
