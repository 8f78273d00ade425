package io.frazil.session.stage;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.fragment.PartialInput;
import io.frazil.engine.plan.Distribution;
import java.util.List;

/// What a stage gave: one partial a task, each of exactly one attempt.
///
/// @param partials in the order of the tasks' numbers
record StageOutput(Distribution distribution, List<PartialInput> partials) {
  StageOutput {
    partials = List.copyOf(partials);
  }

  /// What a task on a worker reads that gets `partition` of hashed inputs.
  List<PartialManifest> stored(int partition) {
    int index =
        switch (distribution) {
          case Distribution.Gather _, Distribution.Broadcast _ -> 0;
          case Distribution.Hash _ -> partition;
        };
    return partials.stream()
        .map(p -> PartialInput.partition(p.manifest(), index))
        .filter(manifest -> manifest.rows() > 0)
        .toList();
  }
}
