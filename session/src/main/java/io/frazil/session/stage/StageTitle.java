package io.frazil.session.stage;

import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.Stage;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a stage is about, for people: `scan lineitem, orders`.
public final class StageTitle {
  private StageTitle() {}

  public static String of(Stage stage, List<Stage> stages) {
    Set<String> tables = new LinkedHashSet<>();
    boolean joins = collect(stage.plan(), tables);
    if (!tables.isEmpty()) {
      return "scan " + String.join(", ", tables);
    }
    if (stage == stages.getLast()) {
      return "result";
    }
    return joins ? "join" : "combine";
  }

  private static boolean collect(PhysicalPlan node, Set<String> tables) {
    boolean joins =
        node instanceof PhysicalPlan.HashJoin || node instanceof PhysicalPlan.NestedLoopJoin;
    if (node instanceof PhysicalPlan.TableScan scan) {
      String name = scan.table().name().getLast();
      tables.add(name.substring(name.lastIndexOf('/') + 1));
    }
    for (PhysicalPlan input : node.inputs()) {
      joins |= collect(input, tables);
    }
    return joins;
  }
}
