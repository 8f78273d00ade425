package io.frazil.engine.plan;

import java.util.List;

/// Which task gets which row of an exchange.
public sealed interface Distribution {
  /// One task gets all rows.
  record Gather() implements Distribution {}

  /// Every task gets all rows.
  record Broadcast() implements Distribution {}

  /// Rows with equal keys (nulls included) meet in one of `partitions` tasks.
  record Hash(List<Integer> keys, int partitions) implements Distribution {
    /// More than there are workers at a time.
    public static final int PARTITIONS_MAX = 1 << 14;

    public Hash {
      keys = List.copyOf(keys);
      if (partitions < 1 || partitions > PARTITIONS_MAX) {
        throw new IllegalArgumentException(
            "partitions are 1 to %d, not %d".formatted(PARTITIONS_MAX, partitions));
      }
    }
  }
}
