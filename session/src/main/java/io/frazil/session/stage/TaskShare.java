package io.frazil.session.stage;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.plan.Split;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one task of a stage gets of the stage's input.
///
/// @param task its number
/// @param partitions which of the partitions of hashed inputs it reads
/// @param producers of which tasks alone it reads what they gave, where other tasks of this stage
///   read the rest of the same partitions
/// @param splits by scan node
record TaskShare(
    int task,
    Partitions partitions,
    Optional<Producers> producers,
    Map<Integer, List<Split>> splits) {
  TaskShare {
    splits = Map.copyOf(splits);
  }

  TaskShare(int task, Partitions partitions, Map<Integer, List<Split>> splits) {
    this(task, partitions, Optional.empty(), splits);
  }

  /// Partitions that stand next to each other: `from` to below `to`.
  record Partitions(int from, int to) {
    static final Partitions NONE = new Partitions(0, 0);
  }

  /// Some of the tasks of a stage: `from` to below `to`.
  record Producers(int stage, int from, int to) {}

  /// What it reads of what a stage gave.
  List<PartialManifest> reads(int stage, StageOutput output) {
    return producers
        .filter(some -> some.stage == stage)
        .map(some -> output.producers(some.from, some.to))
        .orElse(output)
        .stored(partitions);
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
