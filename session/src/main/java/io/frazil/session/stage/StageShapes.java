package io.frazil.session.stage;

import io.frazil.engine.plan.Stage;
import io.frazil.session.journal.StagePlan;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/// How the stages of a query run, once it is known exactly what those gave that came before. The
/// same for every process that runs the query: it follows from the plan and from the partials that
/// count.
final class StageShapes {
  private final StagePlan plan;
  private final TaskPacker packer;

  StageShapes(StagePlan plan) {
    this.plan = plan;
    this.packer = TaskPacker.forWorkers(plan.workers(), plan.taskBytesMin());
  }

  /// A stage as it runs.
  ///
  /// @param inputs what its tasks read, by the number of the stage that gave it
  /// @param shares one a task
  record Shape(Stage stage, Map<Integer, StageOutput> inputs, List<TaskShare> shares) {}

  /// @param outputs of all stages that this one [#awaits], by number
  Shape shape(int number, Map<Integer, StageOutput> outputs) {
    Stage stage = plan.stages().get(number);
    NavigableMap<Integer, StageOutput> inputs = new TreeMap<>(outputs);
    inputs.keySet().retainAll(stage.dependencies());
    return new Shape(
        stage,
        inputs,
        TaskShares.of(
            plan.scans().splitsOf(stage.plan()), inputs.values(), packer, plan.taskBytesMin()));
  }

  /// The stages that are over before this one begins.
  List<Integer> awaits(int number) {
    return plan.stages().get(number).dependencies();
  }

  /// The stages that somebody has to see to: those that are over, for what they took, and of the
  /// others those that one reads which is not over.
  List<Integer> relevant(IntPredicate over) {
    var needed = new TreeSet<Integer>();
    needed.add(plan.stages().size() - 1);
    for (int number = plan.stages().size() - 1; number >= 0; number--) {
      if (over.test(number)) {
        needed.add(number);
      } else if (needed.contains(number)) {
        needed.addAll(awaits(number));
      }
    }
    return List.copyOf(needed);
  }
}
