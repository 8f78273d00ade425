package io.frazil.engine.exec;

import io.frazil.engine.plan.PhysicalPlan.StageInput;
import io.frazil.engine.plan.Split;
import io.frazil.engine.scan.Source;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// A task's share of what its plan reads.
///
/// @param splits by scan node; a scan without any reads nothing
/// @param columns of scans over [Split.Local]: where each of the scan's columns stands in the
///   table's schema, by scan node
/// @param stages what other stages wrote for this task
public record TaskInputs(
    Map<Integer, List<Split>> splits,
    Map<Integer, List<Integer>> columns,
    Function<StageInput, Source> stages) {
  public TaskInputs {
    splits = Map.copyOf(splits);
    columns = Map.copyOf(columns);
  }
}
