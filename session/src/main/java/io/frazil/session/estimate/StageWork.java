package io.frazil.session.estimate;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.Stage;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.session.cost.Interval;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntPredicate;

/// What all tasks of a stage have to do together.
///
/// @param cpuNanos of one processor
/// @param fileBytes to be read of files
/// @param splits shares of files that are read
/// @param partialBytes to be written for other stages
record StageWork(Interval cpuNanos, Interval fileBytes, int splits, Interval partialBytes) {
  /// A text with what goes with it.
  private static final double TEXT_BYTES = 24;

  /// @param tasks in how many it is done, each of which does what reads broadcast rows alone
  /// @param broadcast whether all tasks get all rows of a stage
  static StageWork of(
      Stage stage,
      boolean last,
      Interval tasks,
      IntPredicate broadcast,
      RowRanges rows,
      ScanSizes scans,
      Calibration costs) {
    var sum = new Sum(rows, scans, costs, tasks, broadcast);
    sum.add(stage.plan());
    Interval written = last ? Interval.ZERO : bytes(stage.plan(), rows);
    return new StageWork(
        sum.nanos.plus(written.times(costs.partialByteNanos())).times(costs.uncertainty()),
        sum.fileBytes,
        sum.splits,
        written);
  }

  /// A share of it.
  StageWork times(double factor) {
    return new StageWork(
        cpuNanos.times(factor), fileBytes.times(factor), splits, partialBytes.times(factor));
  }

  private static Interval bytes(PhysicalPlan plan, RowRanges rows) {
    return rows.of(plan).times(width(plan.schema()));
  }

  private static double width(Schema schema) {
    return schema.fields().stream().mapToDouble(StageWork::width).sum();
  }

  private static double width(Field field) {
    return switch (field.type().physical()) {
      case BOOLEAN -> 1;
      case INT -> 4;
      case LONG, DOUBLE -> 8;
      case INT128 -> 16;
      case STRING -> TEXT_BYTES;
    };
  }

  private static final class Sum {
    private final RowRanges rows;
    private final ScanSizes scans;
    private final Calibration costs;
    private final Interval tasks;
    private final IntPredicate broadcast;
    private final Set<Integer> shared = new HashSet<>();
    private Interval nanos = Interval.ZERO;
    private Interval fileBytes = Interval.ZERO;
    private int splits;

    Sum(
        RowRanges rows,
        ScanSizes scans,
        Calibration costs,
        Interval tasks,
        IntPredicate broadcast) {
      this.rows = rows;
      this.scans = scans;
      this.costs = costs;
      this.tasks = tasks;
      this.broadcast = broadcast;
    }

    void add(PhysicalPlan plan) {
      if (plan instanceof PhysicalPlan.Shared once && !shared.add(once.sharedId())) {
        return;
      }
      nanos = nanos.plus(nanos(plan));
      plan.inputs().forEach(this::add);
    }

    private Interval nanos(PhysicalPlan plan) {
      return switch (plan) {
        case PhysicalPlan.TableScan scan -> scan(scan);
        case PhysicalPlan.Filter filter -> rows(filter.input()).times(costs.filterRowNanos());
        case PhysicalPlan.Project project ->
            rows(project.input()).times(computed(project) * costs.expressionRowNanos());
        case PhysicalPlan.HashAggregate aggregate -> aggregate(aggregate);
        case PhysicalPlan.HashJoin join -> join(join);
        case PhysicalPlan.NestedLoopJoin join ->
            rows(join.left()).times(rows(join.right())).times(costs.pairNanos());
        case PhysicalPlan.Sort sort -> sort(rows(sort.input()));
        case PhysicalPlan.TopN top -> rows(top.input()).times(costs.topRowNanos());
        case PhysicalPlan.StageInput input ->
            bytes(input, rows).times(costs.partialByteNanos()).times(copies(input));
        case PhysicalPlan.Values _,
            PhysicalPlan.Limit _,
            PhysicalPlan.Union _,
            PhysicalPlan.Shared _,
            PhysicalPlan.Exchange _ ->
            Interval.ZERO;
      };
    }

    private Interval scan(PhysicalPlan.TableScan scan) {
      Interval read = scans.bytes(scan);
      fileBytes = fileBytes.plus(read);
      splits += scans.splits(scan);
      double most = rows.read(scan);
      // What a filter dropped need not be decoded in the other columns.
      Interval decoded = new Interval(Math.min(rows.of(scan).low(), most), most);
      return read.times(costs.scanByteNanos())
          .plus(decoded.times(scan.columns().size() * costs.scanValueNanos()))
          .plus(most * scan.filters().size() * costs.filterRowNanos());
    }

    private Interval aggregate(PhysicalPlan.HashAggregate aggregate) {
      double keys = aggregate.keys().isEmpty() ? 0 : costs.aggregateRowNanos();
      double calls = aggregate.aggregates().size() * costs.callRowNanos();
      return rows(aggregate.input())
          .times(keys + calls)
          .plus(rows(aggregate).times(costs.groupNanos()));
    }

    private Interval join(PhysicalPlan.HashJoin join) {
      return rows(join.right())
          .times(copies(join.right()))
          .times(costs.buildRowNanos())
          .plus(rows(join.left()).times(costs.probeRowNanos()));
    }

    /// How often rows are worked on: what comes to all tasks, by each.
    private Interval copies(PhysicalPlan plan) {
      return isEverywhere(plan) ? tasks : Interval.exactly(1);
    }

    private boolean isEverywhere(PhysicalPlan plan) {
      if (plan instanceof PhysicalPlan.StageInput input) {
        return broadcast.test(input.stage());
      }
      return !plan.inputs().isEmpty() && plan.inputs().stream().allMatch(this::isEverywhere);
    }

    private Interval sort(Interval count) {
      return count
          .times(new Interval(doublings(count.low()), doublings(count.high())))
          .times(costs.sortRowNanos());
    }

    private static double doublings(double rows) {
      return Math.log(Math.max(2, rows)) / Math.log(2);
    }

    private Interval rows(PhysicalPlan plan) {
      return rows.of(plan);
    }

    private static long computed(PhysicalPlan.Project project) {
      return project.expressions().stream().filter(e -> !(e instanceof Expression.Column)).count();
    }
  }
}
