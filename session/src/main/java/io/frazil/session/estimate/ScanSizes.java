package io.frazil.session.estimate;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.plan.PhysicalPlan.TableScan;
import io.frazil.engine.provider.ScanPlan;
import io.frazil.session.cost.Interval;
import io.frazil.session.statistics.PlannedScan;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// How much scans read of files, after pruning.
///
/// @param scans by node
record ScanSizes(Map<Integer, PlannedScan> scans) {
  /// What a footer and the ranges' gaps add.
  private static final double OVERHEAD = 1.05;

  /// Where no column's size is known, what is read is taken to be at least this much of a file.
  private static final double SHARE_MIN = 0.05;

  /// From the columns that filters need, should they drop all rows, to all that are named.
  Interval bytes(TableScan scan) {
    PlannedScan planned = scans.get(scan.id());
    if (planned == null) {
      return Interval.ZERO;
    }
    ScanPlan.Kept kept = planned.kept();
    if (kept == null) {
      double left = planned.bytes() - planned.bytesPruned();
      return new Interval(left * SHARE_MIN, left * OVERHEAD);
    }
    double all = kept.columnBytes().stream().mapToDouble(Long::doubleValue).sum();
    Set<Integer> first = firstRead(scan);
    double least =
        first.isEmpty() ? all : first.stream().mapToDouble(i -> kept.columnBytes().get(i)).sum();
    // Filters may also leave out row groups and pages.
    double pruned = first.isEmpty() ? 1 : 0.5;
    return new Interval(least * pruned, all * OVERHEAD);
  }

  int splits(TableScan scan) {
    PlannedScan planned = scans.get(scan.id());
    return planned == null ? 0 : planned.splits();
  }

  /// The columns that decide which rows are read of the others.
  private static Set<Integer> firstRead(TableScan scan) {
    var columns = new TreeSet<Integer>();
    scan.filters().forEach(filter -> collect(filter, columns));
    scan.runtimeFilters().forEach(filter -> columns.add(filter.column()));
    return columns;
  }

  private static void collect(Expression expression, Set<Integer> columns) {
    if (expression instanceof Expression.Column column) {
      columns.add(column.index());
    }
    expression.operands().forEach(operand -> collect(operand, columns));
  }
}
