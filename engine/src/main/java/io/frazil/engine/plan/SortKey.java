package io.frazil.engine.plan;

import java.util.Objects;

/// One column of an order.
public record SortKey(int column, Direction direction, Nulls nulls) {
  public SortKey {
    Objects.requireNonNull(direction, "an order has a direction");
    Objects.requireNonNull(nulls, "an order has a place for nulls");
  }

  public enum Direction {
    ASCENDING,
    DESCENDING
  }

  /// Where nulls stand, whatever the direction.
  public enum Nulls {
    FIRST,
    LAST
  }
}
