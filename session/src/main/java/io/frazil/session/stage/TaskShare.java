package io.frazil.session.stage;

import io.frazil.engine.plan.Split;
import java.util.List;
import java.util.Map;

/// What one task of a stage gets of the stage's input.
///
/// @param task its number
/// @param partitions which of the partitions of hashed inputs it reads
/// @param splits by scan node
record TaskShare(int task, Partitions partitions, Map<Integer, List<Split>> splits) {
  TaskShare {
    splits = Map.copyOf(splits);
  }

  /// Partitions that stand next to each other: `from` to below `to`.
  record Partitions(int from, int to) {
    static final Partitions NONE = new Partitions(0, 0);
  }

  /// Whether it reads something that only this process can.
  boolean isLocal() {
    return splits.values().stream()
        .flatMap(List::stream)
        .anyMatch(split ->
            switch (split) {
              case Split.Local _ -> true;
              case Split.Parquet _ -> false;
            });
  }
}
