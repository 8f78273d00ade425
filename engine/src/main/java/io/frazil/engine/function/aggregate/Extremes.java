package io.frazil.engine.function.aggregate;

import io.frazil.engine.function.AggregateFunction.Accumulator;
import io.frazil.engine.type.DataType;
import io.frazil.engine.vector.Dense;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.Vector;

/// What the accumulators of least and greatest values share: their state is their result.
abstract sealed class Extremes implements Accumulator
    permits LongExtremes, WideExtremes, TextExtremes {
  final DataType type;
  final SeenGroups seen = new SeenGroups();

  Extremes(DataType type) {
    this.type = type;
  }

  @Override
  public final void resize(int groups) {
    seen.resize(groups);
    resizeValues(groups);
  }

  @Override
  public final void update(int[] groups, Vector[] arguments, Rows rows) {
    add(groups, Dense.of(arguments[0], rows), rows.count());
  }

  @Override
  public final void merge(int[] groups, Vector[] state, Rows rows) {
    add(groups, Dense.of(state[0], rows), rows.count());
  }

  @Override
  public final Vector[] state(int from, int count) {
    return new Vector[] {result(from, count)};
  }

  abstract void resizeValues(int groups);

  /// Adds rows, and marks as seen the groups of those that are not null.
  abstract void add(int[] groups, Vector values, int count);
}
