package io.frazil.engine.plan;

/// One column of an order.
public record SortKey(int column, Direction direction, Nulls nulls) {
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
