package io.frazil.session.cost;

import java.util.List;

/// All that a query is paid by, in the units of prices.
///
/// @param charges of the stages' attempts
/// @param httpRequests to the HTTP API, as far as they were there when the query began
public record Bill(
    List<Charge> charges, Coordination coordination, WorkflowUse workflow, long httpRequests) {
  public Bill {
    charges = List.copyOf(charges);
  }

  /// What coordinators took.
  ///
  /// @param runs how many invocations
  /// @param gbSeconds how long those ran by their memory, as they measured it
  /// @param lostGbSeconds how long those are taken to have run besides that were lost
  /// @param gets how many objects, ranges and heads they read
  /// @param puts how many objects and parts they wrote, or listings they made
  public record Coordination(
      long runs, double gbSeconds, double lostGbSeconds, long gets, long puts) {}
}
