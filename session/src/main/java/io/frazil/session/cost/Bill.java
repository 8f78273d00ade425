package io.frazil.session.cost;

import java.util.List;

/// All that a query is paid by, in the units of prices: what a coordinator leaves to the next one
/// that takes the query on.
///
/// @param charges of the stages' attempts
/// @param coordinators how many invocations coordinated it
/// @param coordinatorMillis how long those ran, as they measured it
/// @param coordinatorGets how many objects, ranges and heads they read
/// @param coordinatorPuts how many objects and parts they wrote, or listings they made
public record Bill(
    List<Charge> charges,
    int coordinators,
    long coordinatorMillis,
    long coordinatorGets,
    long coordinatorPuts,
    WorkflowUse workflow) {
  public static final Bill NOTHING = new Bill(List.of(), 0, 0, 0, 0, WorkflowUse.NONE);

  public Bill {
    charges = List.copyOf(charges);
  }

  public Bill plus(Bill other) {
    var sum = new Charges();
    charges.forEach(sum::add);
    other.charges.forEach(sum::add);
    return new Bill(
        sum.all(),
        coordinators + other.coordinators,
        coordinatorMillis + other.coordinatorMillis,
        coordinatorGets + other.coordinatorGets,
        coordinatorPuts + other.coordinatorPuts,
        workflow.plus(other.workflow));
  }
}
