package io.frazil.session.estimate;

import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.PhysicalPlan.Phase;
import io.frazil.session.cost.Interval;
import io.frazil.session.statistics.PlannedScan;
import io.frazil.sql.NodeEstimate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Between which numbers of rows each node of a plan gives: the planner's estimates with an error
/// that grows from the leaves up, within what must hold.
final class RowRanges {
  /// How far the share of rows that a filter keeps, or a join's matches, may be off.
  private static final double FILTER_ERROR = 2;

  private static final double JOIN_ERROR = 1.5;
  private static final double ERROR_MAX = 10;

  /// Of rows that nothing is known of.
  private static final double GUESS = 1e6;

  private final Map<Integer, NodeEstimate> estimates;
  private final Map<Integer, PlannedScan> scans;
  private final Map<Integer, Interval> stages = new HashMap<>();
  private final Map<Integer, Double> stageErrors = new HashMap<>();
  private final Map<Integer, Range> known = new HashMap<>();
  private final Map<Integer, Groups> groups = new HashMap<>();

  /// @param estimates by node
  /// @param scans by node
  RowRanges(Map<Integer, NodeEstimate> estimates, Map<Integer, PlannedScan> scans) {
    this.estimates = estimates;
    this.scans = scans;
  }

  /// What the planner estimates of a grouping that begins in one stage and ends in another.
  private record Groups(double rows, double tasks) {}

  /// @param error how many times too high or too low the planner's estimate may be
  private record Range(Interval rows, double error) {}

  Interval of(PhysicalPlan plan) {
    return range(plan).rows();
  }

  /// What the tasks of a stage give together, for whoever reads from it. The stages come in order.
  void stage(int number, PhysicalPlan root) {
    Range range = range(root);
    stages.put(number, range.rows());
    stageErrors.put(number, range.error());
  }

  /// A grouping's first phase gives as many groups as its second, and each as often as tasks meet
  /// it.
  ///
  /// @param partial the first phase
  /// @param merged the second
  void merged(PhysicalPlan partial, PhysicalPlan merged, double tasks) {
    NodeEstimate estimate = estimates.get(merged.id());
    if (estimate != null) {
      groups.put(partial.id(), new Groups(estimate.rows(), tasks));
    }
  }

  private Range range(PhysicalPlan plan) {
    Range range = known.get(plan.id());
    if (range == null) {
      range = find(plan);
      known.put(plan.id(), range);
    }
    return range;
  }

  private Range find(PhysicalPlan plan) {
    return switch (plan) {
      case PhysicalPlan.TableScan scan -> scan(scan);
      case PhysicalPlan.Values values -> new Range(Interval.exactly(values.rows().size()), 1);
      case PhysicalPlan.Filter filter -> {
        Range input = range(filter.input());
        yield within(estimated(filter, input, FILTER_ERROR), input.rows());
      }
      case PhysicalPlan.Project project -> range(project.input());
      case PhysicalPlan.HashAggregate aggregate -> aggregate(aggregate, range(aggregate.input()));
      case PhysicalPlan.HashJoin join -> joined(join, range(join.left()), range(join.right()));
      case PhysicalPlan.NestedLoopJoin join ->
          joined(join, range(join.left()), range(join.right()));
      case PhysicalPlan.Sort sort -> range(sort.input());
      case PhysicalPlan.TopN top -> limited(range(top.input()), top.limit());
      case PhysicalPlan.Limit limit -> limited(range(limit.input()), limit.limit());
      case PhysicalPlan.Union union -> union(union.inputs());
      case PhysicalPlan.Shared shared -> range(shared.input());
      case PhysicalPlan.Exchange exchange -> range(exchange.input());
      case PhysicalPlan.StageInput input ->
          new Range(
              stages.getOrDefault(input.stage(), new Interval(0, GUESS)),
              stageErrors.getOrDefault(input.stage(), ERROR_MAX));
    };
  }

  /// What a scan gives: without a filter all that is read.
  private Range scan(PhysicalPlan.TableScan scan) {
    Interval read = new Interval(0, read(scan));
    boolean all = scan.filters().isEmpty() && scan.limit() == null;
    if (all && scan.runtimeFilters().isEmpty()) {
      return new Range(Interval.exactly(read.high()), 1);
    }
    Range filtered =
        all
            ? new Range(Interval.exactly(read.high()), 1)
            : within(estimated(scan, new Range(read, 1), FILTER_ERROR), read);
    // A runtime filter may leave next to nothing, and the estimate knows nothing of it.
    return scan.runtimeFilters().isEmpty()
        ? filtered
        : new Range(
            new Interval(filtered.rows().low() / ERROR_MAX, filtered.rows().high()),
            filtered.error());
  }

  /// How many rows the files have that were not pruned.
  double read(PhysicalPlan.TableScan scan) {
    PlannedScan planned = scans.get(scan.id());
    if (planned != null && planned.kept() != null) {
      return planned.kept().rows();
    }
    NodeEstimate estimate = estimates.get(scan.id());
    return estimate == null ? GUESS : estimate.rows();
  }

  private Range aggregate(PhysicalPlan.HashAggregate aggregate, Range input) {
    if (aggregate.keys().isEmpty()) {
      return new Range(Interval.exactly(1), 1);
    }
    return within(
        aggregate.phase() == Phase.PARTIAL
            ? partial(aggregate, input)
            : estimated(aggregate, input, FILTER_ERROR),
        input.rows());
  }

  private Range partial(PhysicalPlan.HashAggregate aggregate, Range input) {
    Groups merged = groups.get(aggregate.id());
    double error = together(input.error(), FILTER_ERROR);
    return merged == null
        ? new Range(
            new Interval(Math.min(1, input.rows().low()), input.rows().high()), input.error())
        : new Range(new Interval(merged.rows / error, merged.rows * error * merged.tasks), error);
  }

  private Range joined(PhysicalPlan join, Range left, Range right) {
    double error = together(Math.max(left.error(), right.error()), JOIN_ERROR);
    NodeEstimate estimate = estimates.get(join.id());
    double larger = Math.max(left.rows().high(), right.rows().high());
    return estimate == null
        ? new Range(new Interval(0, larger), ERROR_MAX)
        : new Range(around(estimate.rows(), error), error);
  }

  private Range union(List<PhysicalPlan> inputs) {
    Interval rows = Interval.ZERO;
    double error = 1;
    for (PhysicalPlan input : inputs) {
      rows = rows.plus(range(input).rows());
      error = Math.max(error, range(input).error());
    }
    return new Range(rows, error);
  }

  private Range estimated(PhysicalPlan plan, Range input, double own) {
    NodeEstimate estimate = estimates.get(plan.id());
    double error = together(input.error(), own);
    return estimate == null
        ? new Range(new Interval(0, input.rows().high()), ERROR_MAX)
        : new Range(around(estimate.rows(), error), error);
  }

  /// What two guesses may be off together that know nothing of each other: less than the product,
  /// as they seldom are both at their worst, and in the same direction.
  private static double together(double one, double other) {
    return Math.min(ERROR_MAX, Math.exp(Math.hypot(Math.log(one), Math.log(other))));
  }

  private static Interval around(double rows, double error) {
    return new Interval(rows / error, rows * error);
  }

  private static Range within(Range range, Interval most) {
    double high = Math.min(range.rows().high(), most.high());
    return new Range(new Interval(Math.min(range.rows().low(), high), high), range.error());
  }

  private static Range limited(Range input, long limit) {
    return new Range(input.rows().orSmaller(Interval.exactly((double) limit)), input.error());
  }
}
