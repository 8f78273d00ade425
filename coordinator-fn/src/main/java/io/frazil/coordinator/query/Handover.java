package io.frazil.coordinator.query;

import io.frazil.session.cost.Estimate;

/// Where queries go that outlast a coordinator: a state machine that has their steps made
/// ([QuerySteps]) and their tasks run.
public interface Handover {
  /// How much of a coordinator's time is left when a query is handed over that still runs.
  long MARGIN_MILLIS = 60_000;

  /// Whether a query is predicted to outlast a coordinator.
  boolean isFor(Estimate estimate);

  /// Begins to make a query's steps. Coming twice with the same name changes nothing.
  ///
  /// @param execution a name that only this owner of the query gives
  /// @throws io.frazil.engine.error.FrazilException STORE_UNAVAILABLE where it cannot be begun now
  void start(String query, String execution);

  /// Whether an execution still makes steps. One that was never begun does not.
  ///
  /// @throws io.frazil.engine.error.FrazilException STORE_UNAVAILABLE where that is not known now
  boolean isAtWork(String execution);
}
