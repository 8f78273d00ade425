package io.frazil.engine.plan;

import java.util.List;

/// A plan between exchanges: what many tasks run, each on a share of its input.
///
/// @param number in the query; dependencies have lower ones
/// @param plan without exchanges: where another stage's rows come in stands a
///   [PhysicalPlan.StageInput]
/// @param output how its rows are spread over the tasks of whoever reads them
/// @param dependencies the stages that it reads from, each once, ascending
public record Stage(
    int number, PhysicalPlan plan, Distribution output, List<Integer> dependencies) {
  public Stage {
    dependencies = List.copyOf(dependencies);
    for (int dependency : dependencies) {
      if (dependency >= number) {
        throw new IllegalArgumentException(
            "stage %d cannot depend on stage %d".formatted(number, dependency));
      }
    }
  }
}
