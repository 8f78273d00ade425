package io.frazil.session.cost;

import java.util.List;

/// All that a query is paid by, in the units of prices.
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
  public Bill {
    charges = List.copyOf(charges);
  }
}
