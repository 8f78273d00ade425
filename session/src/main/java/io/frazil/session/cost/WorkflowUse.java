package io.frazil.session.cost;

/// What a query took of Step Functions.
///
/// @param transitions of standard executions, retries among them
/// @param expressRequests executions that were express ones
/// @param expressGbSeconds how long those ran, by the memory that they took
public record WorkflowUse(long transitions, long expressRequests, double expressGbSeconds) {
  public static final WorkflowUse NONE = new WorkflowUse(0, 0, 0);

  public WorkflowUse plus(WorkflowUse other) {
    return new WorkflowUse(
        transitions + other.transitions,
        expressRequests + other.expressRequests,
        expressGbSeconds + other.expressGbSeconds);
  }
}
