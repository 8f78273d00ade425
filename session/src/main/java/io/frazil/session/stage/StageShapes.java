package io.frazil.session.stage;

import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.Stage;
import io.frazil.session.journal.StagePlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/// How the stages of a query run, once it is known exactly what those gave that came before. The
/// same for every process that runs the query: it follows from the plan and from the partials that
/// count.
final class StageShapes {
  private final StagePlan plan;
  private final TaskPacker packer;
  private final Map<Integer, BroadcastInstead> broadcasts;
  private final Map<Integer, BroadcastInstead> byProbe = new HashMap<>();

  StageShapes(StagePlan plan) {
    this.plan = plan;
    this.packer =
        TaskPacker.forWorkers(plan.workers(), plan.taskBytesMin(), SplitWeights.of(plan.scans()));
    this.broadcasts = BroadcastInstead.in(plan);
    broadcasts.values().forEach(broadcast -> byProbe.put(broadcast.probe(), broadcast));
  }

  /// A stage as it runs.
  ///
  /// @param inputs what its tasks read, by the number of the stage that gave it
  /// @param planned the stages whose work it does, by number
  /// @param shares one a task; none where another stage does what this one was to do
  record Shape(
      Stage stage,
      List<Integer> planned,
      Map<Integer, StageOutput> inputs,
      List<TaskShare> shares) {
    /// What each of its tasks is thought to cost at the least: a part of what was predicted for all
    /// that it does, in as many tasks as there are.
    double taskDollars(StagePlan plan) {
      return plan.leastDollars(planned) / Math.max(1, shares.size());
    }

    /// How long it takes at the most, as far as that was predicted.
    Optional<Duration> longest(StagePlan plan) {
      return plan.longest(planned);
    }
  }

  /// What a stage does, and over what.
  ///
  /// @param planned the stages whose work it does, by number
  private record Work(
      PhysicalPlan plan, List<Integer> planned, NavigableMap<Integer, StageOutput> inputs) {
    Optional<PartitionedJoin> join() {
      return PartitionedJoin.in(
          plan, number -> Objects.requireNonNull(inputs.get(number)).isHashed());
    }

    /// The same with the smaller side of its join built.
    Work swapped() {
      return new Work(
          join()
              .map(join ->
                  SwapSides.within(
                      plan, join.join(), bytes(join.left().stage()), bytes(join.right().stage())))
              .orElse(plan),
          planned,
          inputs);
    }

    private long bytes(int number) {
      return Objects.requireNonNull(inputs.get(number)).bytes();
    }
  }

  /// @param outputs of all stages that this one [#awaits], by number
  Shape shape(int number, Map<Integer, StageOutput> outputs) {
    Stage stage = plan.stages().get(number);
    BroadcastInstead reader = byProbe.get(number);
    if (reader != null && reader.applies(outputs)) {
      return new Shape(stage, List.of(), Map.of(), List.of());
    }
    Work work = work(number, outputs).swapped();
    return new Shape(
        new Stage(number, work.plan(), stage.output(), List.copyOf(work.inputs().keySet())),
        work.planned(),
        work.inputs(),
        TaskShares.of(
            plan.scans().splitsOf(work.plan()),
            work.inputs(),
            work.join(),
            packer,
            plan.taskBytesMin()));
  }

  private Work work(int number, Map<Integer, StageOutput> outputs) {
    Stage stage = plan.stages().get(number);
    NavigableMap<Integer, StageOutput> inputs = new TreeMap<>(outputs);
    inputs.keySet().retainAll(stage.dependencies());
    BroadcastInstead broadcast = broadcasts.get(number);
    if (broadcast == null || !broadcast.applies(outputs)) {
      return new Work(stage.plan(), List.of(number), inputs);
    }
    Work probe = work(broadcast.probe(), outputs);
    inputs.remove(broadcast.probe());
    inputs.computeIfPresent(broadcast.build(), (_, build) -> build.everywhere());
    inputs.putAll(probe.inputs());
    var planned = new ArrayList<>(probe.planned());
    planned.add(number);
    return new Work(
        PartitionedJoin.replaced(stage.plan(), broadcast.join().left(), probe.plan()),
        planned,
        inputs);
  }

  /// The stages that are over before this one begins: those that it reads; of a probe side, the
  /// build side, which may turn out so small that the join does its work too; of that join, what
  /// the probe side reads.
  List<Integer> awaits(int number) {
    var awaited = new TreeSet<>(plan.stages().get(number).dependencies());
    BroadcastInstead reader = byProbe.get(number);
    if (reader != null) {
      awaited.add(reader.build());
    }
    BroadcastInstead broadcast = broadcasts.get(number);
    if (broadcast != null) {
      awaited.addAll(awaits(broadcast.probe()));
    }
    return List.copyOf(awaited);
  }

  /// The stages that somebody has to see to, each behind those that it [#awaits]: those that are
  /// over, for what they took, and of the others those that one awaits which is not over.
  List<Integer> relevant(IntPredicate over) {
    List<Integer> order = order();
    var needed = new TreeSet<Integer>();
    needed.add(plan.stages().size() - 1);
    for (int number : order.reversed()) {
      if (over.test(number)) {
        needed.add(number);
      } else if (needed.contains(number)) {
        needed.addAll(awaits(number));
      }
    }
    return order.stream().filter(needed::contains).toList();
  }

  /// All stages, each behind those that it awaits.
  private List<Integer> order() {
    Set<Integer> order = new LinkedHashSet<>();
    for (Stage stage : plan.stages()) {
      addAfterAwaited(stage.number(), order);
    }
    return new ArrayList<>(order);
  }

  private void addAfterAwaited(int number, Set<Integer> order) {
    if (!order.contains(number)) {
      awaits(number).forEach(awaited -> addAfterAwaited(awaited, order));
      order.add(number);
    }
  }
}
