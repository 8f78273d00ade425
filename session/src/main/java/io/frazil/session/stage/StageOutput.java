package io.frazil.session.stage;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.fragment.PartialInput;
import io.frazil.engine.plan.Distribution;
import io.frazil.session.stage.TaskShare.Partitions;
import java.util.List;

/// What a stage gave: one partial a task, each of exactly one attempt.
///
/// @param partials in the order of the tasks' numbers
record StageOutput(Distribution distribution, List<PartialInput> partials) {
  StageOutput {
    partials = List.copyOf(partials);
  }

  /// What a task on a worker reads that gets some of the partitions of hashed inputs.
  List<PartialManifest> stored(Partitions wanted) {
    return partials.stream()
        .map(PartialInput::manifest)
        .map(manifest ->
            switch (distribution) {
              case Distribution.Gather _, Distribution.Broadcast _ -> manifest;
              case Distribution.Hash _ -> partitions(manifest, wanted);
            })
        .filter(manifest -> manifest.rows() > 0)
        .toList();
  }

  /// The same rows for every task that reads them, however they were spread.
  StageOutput everywhere() {
    return new StageOutput(new Distribution.Broadcast(), partials);
  }

  long bytes() {
    return partials.stream()
        .flatMap(partial -> partial.manifest().partitions().stream())
        .mapToLong(PartialManifest.Range::length)
        .sum();
  }

  /// Adds what each partition has to `sums`.
  void addBytes(long[] sums) {
    for (PartialInput partial : partials) {
      List<PartialManifest.Range> ranges = partial.manifest().partitions();
      for (int i = 0; i < sums.length; i++) {
        sums[i] += ranges.get(i).length();
      }
    }
  }

  /// How much each producer has of some of the partitions.
  long[] bytesByProducer(Partitions wanted) {
    return partials.stream()
        .mapToLong(partial ->
            partitions(partial.manifest(), wanted).partitions().stream()
                .mapToLong(PartialManifest.Range::length)
                .sum())
        .toArray();
  }

  /// What some of the tasks gave.
  StageOutput producers(int from, int to) {
    return new StageOutput(distribution, partials.subList(from, to));
  }

  boolean isHashed() {
    return switch (distribution) {
      case Distribution.Hash _ -> true;
      case Distribution.Gather _, Distribution.Broadcast _ -> false;
    };
  }

  private static PartialManifest partitions(PartialManifest manifest, Partitions wanted) {
    return new PartialManifest(
        manifest.location(),
        manifest.attempt(),
        manifest.bytes(),
        manifest.partitions().subList(wanted.from(), wanted.to()));
  }
}
