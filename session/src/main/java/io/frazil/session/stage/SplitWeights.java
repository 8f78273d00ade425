package io.frazil.session.stage;

import io.frazil.engine.plan.Split;
import io.frazil.engine.provider.ScanPlan;
import io.frazil.session.scan.ScanInputs;
import io.frazil.session.statistics.PlannedScan;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How much of splits is read, in bytes, for packing them into tasks: of a table of a hundred
/// columns a scan may want one.
///
/// @param shares which part of its files a scan reads, from 0 to 1, by scan node; all, where it is
///   not there
record SplitWeights(Map<Integer, Double> shares) {
  static final SplitWeights WHOLE = new SplitWeights(Map.of());

  /// A row counts for so much at the least, however few and well compressed its columns are: what a
  /// task takes of time and memory depends on its rows too.
  private static final int ROW_BYTES_MIN = 8;

  /// And a split for so much, or for all of its file's range: about what is read in the time that
  /// it takes to open a file.
  private static final long SPLIT_BYTES_MIN = 4L << 20;

  SplitWeights {
    shares = Map.copyOf(shares);
  }

  /// By what is known of the files that pruning left.
  static SplitWeights of(ScanInputs scans) {
    var shares = new TreeMap<Integer, Double>();
    scans
        .scans()
        .forEach((node, scan) ->
            shares.put(node, share(scan, scans.splits().getOrDefault(node, List.of()))));
    return new SplitWeights(shares);
  }

  private static double share(PlannedScan scan, List<Split> splits) {
    double bytes = splits.stream().mapToDouble(Split::bytes).sum();
    ScanPlan.Kept kept = scan.kept();
    if (kept == null || bytes == 0) {
      return 1;
    }
    double columns = kept.columnBytes().stream().mapToDouble(Long::doubleValue).sum();
    double rows = (double) kept.rows() * ROW_BYTES_MIN;
    return Math.clamp(Math.max(columns, rows) / bytes, 0, 1);
  }

  /// @param scan its node
  long of(int scan, Split split) {
    double read = Math.ceil(split.bytes() * shares.getOrDefault(scan, 1.0));
    return Math.min(split.bytes(), Math.max((long) read, SPLIT_BYTES_MIN));
  }
}
