package io.frazil.session.estimate;

import io.frazil.session.cost.Interval;
import io.frazil.session.cost.WorkflowUse.Children;
import java.time.Duration;

/// The queries whose tasks a state machine runs, since they outlast a coordinator.
///
/// @param from which predicted time on a query is one
/// @param children what the state machine runs a task as
public record LongQueries(Duration from, Children children) {
  /// Whether a query is one even where the quickest comes true that is predicted.
  ///
  /// @param seconds that it is predicted to take
  public boolean has(Interval seconds) {
    return seconds.low() > from.toSeconds();
  }

  /// Whether it may become one: what takes longer than was thought is handed over too.
  boolean mayHave(Interval seconds) {
    return seconds.high() > from.toSeconds();
  }
}
