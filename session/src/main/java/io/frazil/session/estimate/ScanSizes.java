package io.frazil.session.estimate;

import io.frazil.engine.plan.PhysicalPlan.TableScan;
import io.frazil.engine.provider.ScanPlan;
import io.frazil.session.cost.Interval;
import io.frazil.session.statistics.PlannedScan;
import java.util.Map;

/// How much scans read of files, after pruning.
///
/// @param scans by node
record ScanSizes(Map<Integer, PlannedScan> scans) {
  /// What a footer and the ranges' gaps add.
  private static final double OVERHEAD = 1.05;

  /// What filters leave at least, more often than not: more where the data is not in their order,
  /// much less where it is.
  private static final double FILTERED_MIN = 0.4;

  /// Where no column's size is known, what is read is taken to be at least this much of a file.
  private static final double SHARE_MIN = 0.05;

  /// All that is named; less where filters may leave out row groups and pages.
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
    boolean filtered = !scan.filters().isEmpty() || !scan.runtimeFilters().isEmpty();
    return new Interval(filtered ? all * FILTERED_MIN : all, all * OVERHEAD);
  }

  int splits(TableScan scan) {
    PlannedScan planned = scans.get(scan.id());
    return planned == null ? 0 : planned.splits();
  }
}
