package io.frazil.session.stage;

import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/// Cuts a plan at its exchanges:
///
/// ```
///   Final                      stage 1: Final
///     Exchange(hash)      →               StageInput(0)
///       Partial                stage 0: Partial
///         TableScan                       TableScan
/// ```
///
/// An exchange that stands in several places (below [PhysicalPlan.Shared]) is one stage.
public final class StageCutter {
  private final List<Stage> stages = new ArrayList<>();
  private final Map<Integer, Integer> stageByExchange = new HashMap<>();

  private StageCutter() {}

  /// The stages, each behind those that it reads from; the last one gives the result.
  public static List<Stage> cut(PhysicalPlan root) {
    var cutter = new StageCutter();
    cutter.add(root, new Distribution.Gather());
    return List.copyOf(cutter.stages);
  }

  private int add(PhysicalPlan plan, Distribution output) {
    NavigableSet<Integer> dependencies = new TreeSet<>();
    PhysicalPlan cut = cut(plan, dependencies);
    int number = stages.size();
    stages.add(new Stage(number, cut, output, List.copyOf(dependencies)));
    return number;
  }

  private PhysicalPlan cut(PhysicalPlan node, NavigableSet<Integer> dependencies) {
    if (node instanceof PhysicalPlan.Exchange(int id, var input, var distribution)) {
      Integer known = stageByExchange.get(id);
      int stage = known == null ? add(input, distribution) : known;
      stageByExchange.put(id, stage);
      dependencies.add(stage);
      return new PhysicalPlan.StageInput(id, stage, node.schema());
    }
    return node.withInputs(node.inputs().stream().map(i -> cut(i, dependencies)).toList());
  }
}
