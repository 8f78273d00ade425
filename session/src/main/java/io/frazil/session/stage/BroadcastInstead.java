package io.frazil.session.stage;

import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.PhysicalPlan.Project;
import io.frazil.engine.plan.PhysicalPlan.StageInput;
import io.frazil.engine.plan.PhysicalPlan.TableScan;
import io.frazil.engine.plan.PhysicalPlan.Values;
import io.frazil.engine.plan.Split;
import io.frazil.engine.plan.Stage;
import io.frazil.session.journal.StagePlan;
import io.frazil.sql.distribute.Distribute;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/// A join whose build side runs before its probe side is begun, as it may turn out so small that
/// every task gets all of it. Then the tasks of the probe side join too, and its rows are never
/// hashed or written:
///
/// ```
///   0: Scan, hashed                        1: Filter(Scan), hashed
///   1: Filter(Scan), hashed         →      2: HashJoin
///   2: HashJoin                                 Scan
///        StageInput(0)                          StageInput(1), all of it
///        StageInput(1)
/// ```
///
/// @param stage the number of the one that joins
record BroadcastInstead(int stage, PartitionedJoin join) {
  /// How much more there is to read for the probe side than for the build side: waiting for the
  /// build side in vain then costs little of what the query takes.
  private static final int TIMES_LARGER_MIN = 4;

  int probe() {
    return join.left().stage();
  }

  int build() {
    return join.right().stage();
  }

  /// Whether the build side turned out small, by the planner's own measure.
  ///
  /// @param outputs of the build side, and maybe of others
  boolean applies(Map<Integer, StageOutput> outputs) {
    return Objects.requireNonNull(outputs.get(build())).bytes() <= Distribute.MAX_BROADCAST_BYTES;
  }

  /// The joins of a query that wait for their build side, by the number of their stage. Follows
  /// from the plan alone.
  static Map<Integer, BroadcastInstead> in(StagePlan plan) {
    var search = new Search(plan);
    var found = new TreeMap<Integer, BroadcastInstead>();
    for (Stage stage : plan.stages()) {
      search.in(stage).ifPresent(rule -> found.put(stage.number(), rule));
    }
    return found;
  }

  private record Search(StagePlan plan) {
    Optional<BroadcastInstead> in(Stage stage) {
      IntPredicate hashed = n -> plan.stages().get(n).output() instanceof Distribution.Hash;
      return PartitionedJoin.in(stage.plan(), hashed)
          .filter(PartitionedJoin::dividesLeft)
          .map(join -> new BroadcastInstead(stage.number(), join))
          .filter(rule -> readsNothingElse(stage, rule))
          .filter(rule -> readOnce(rule.probe()) && readOnce(rule.build()))
          .filter(rule -> isGuessed(stage(rule.build())))
          .filter(rule -> isWorthWaiting(rule));
    }

    private PhysicalPlan stage(int number) {
      return plan.stages().get(number).plan();
    }

    /// Besides the two sides, only what all tasks get: the tasks are to be those of the probe side.
    private boolean readsNothingElse(Stage stage, BroadcastInstead rule) {
      return readsStagesOnly(stage.plan())
          && PartitionedJoin.inputs(stage.plan())
              .map(StageInput::stage)
              .filter(n -> n != rule.probe() && n != rule.build())
              .allMatch(n -> plan.stages().get(n).output() instanceof Distribution.Broadcast);
    }

    private static boolean readsStagesOnly(PhysicalPlan node) {
      return !(node instanceof TableScan)
          && !(node instanceof Values)
          && node.inputs().stream().allMatch(Search::readsStagesOnly);
    }

    private boolean readOnce(int number) {
      return plan.stages().stream()
              .flatMap(reader -> PartitionedJoin.inputs(reader.plan()))
              .filter(input -> input.stage() == number)
              .count()
          == 1;
    }

    /// Whether the planner could only guess how large the rows are: of a table as it is, it knew.
    private boolean isGuessed(PhysicalPlan node) {
      return switch (node) {
        case TableScan scan -> !scan.filters().isEmpty();
        case Project project -> isGuessed(project.input());
        case StageInput input -> isGuessed(stage(input.stage()));
        case Values _ -> false;
        case PhysicalPlan.Filter _,
            PhysicalPlan.HashAggregate _,
            PhysicalPlan.HashJoin _,
            PhysicalPlan.NestedLoopJoin _,
            PhysicalPlan.Sort _,
            PhysicalPlan.TopN _,
            PhysicalPlan.Limit _,
            PhysicalPlan.Union _,
            PhysicalPlan.Shared _,
            PhysicalPlan.Exchange _ ->
            true;
      };
    }

    private boolean isWorthWaiting(BroadcastInstead rule) {
      long probe = bytesToRead(rule.probe());
      return probe > 0 && bytesToRead(rule.build()) <= probe / TIMES_LARGER_MIN;
    }

    /// Of files, by a stage and all that come before it.
    private long bytesToRead(int number) {
      Stage stage = plan.stages().get(number);
      long own =
          plan.scans().splitsOf(stage.plan()).values().stream()
              .flatMap(List::stream)
              .mapToLong(Split::bytes)
              .sum();
      return own + stage.dependencies().stream().mapToLong(this::bytesToRead).sum();
    }
  }
}
