package io.frazil.coordinator.query;

import io.frazil.events.log.QueryLog;
import io.frazil.session.cost.Estimate;

/// Says in a log which queries go to a state machine.
///
/// @param next where they go
public record SaidHandover(Handover next, QueryLog log) implements Handover {
  @Override
  public boolean isFor(Estimate estimate) {
    return next.isFor(estimate);
  }

  @Override
  public void start(String query, String execution) {
    next.start(query, execution);
    log.handedOver(query, "state machine");
  }

  @Override
  public boolean isAtWork(String execution) {
    return next.isAtWork(execution);
  }
}
