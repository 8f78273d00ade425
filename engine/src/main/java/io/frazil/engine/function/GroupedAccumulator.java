package io.frazil.engine.function;

import io.frazil.engine.function.AggregateFunction.Accumulator;
import io.frazil.engine.vector.Vector;

/// An accumulator that can also be given rows sorted by group, and is where there are few groups.
public interface GroupedAccumulator extends Accumulator {
  /// Adds rows, as `update` does.
  ///
  /// @param arguments no dictionaries; as long as the batch, not only its live rows
  void updateGrouped(GroupedRows rows, Vector[] arguments);
}
