package io.frazil.benchmarks.cost;

import io.frazil.engine.task.NodeMetrics.Counter;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Fits the cost of each kind of work to what plan nodes took.
final class WorkCosts {
  /// What takes fewer rows says more about how a node starts than about what it costs.
  private static final long ROWS_MIN = 10_000;

  /// How many times more a row costs that is built than one that is probed, as the benchmarks of
  /// single joins have it (1.0 to 2.2): in TPC-H both grow together, and no fit tells them apart.
  private static final double BUILD_TO_PROBE = 2;

  private final Fit scan = new Fit(3);
  private final Fit filter = new Fit(1);
  private final Fit project = new Fit(1);
  private final Fit aggregate = new Fit(2);
  private final Fit join = new Fit(1);
  private final Fit pairs = new Fit(1);
  private final Fit sort = new Fit(1);
  private final Fit top = new Fit(1);

  /// @param share of its time that a thread had a processor
  void add(List<PlanNode> plan, double share) {
    for (PlanNode node : plan) {
      double rows = Math.max(node.rows(), Math.max(node.rowsOf(0), node.rowsOf(1)));
      if (rows >= ROWS_MIN) {
        add(node, share);
      }
    }
  }

  private void add(PlanNode node, double share) {
    double nanos = node.get(Counter.NANOS) * share;
    double input = node.rowsOf(0);
    String text = node.text();
    switch (node.name()) {
      case "TableScan" -> {
        double read =
            node.rows() + node.get(Counter.ROWS_FILTERED) + node.get(Counter.ROWS_RUNTIME_FILTERED);
        int filters = PlanNode.parts(text, ';') - 2;
        int columns = PlanNode.parts(text.replaceAll(".*?\\[(.*?)\\].*", "$1"), ',');
        scan.add(nanos, node.get(Counter.READ_BYTES), node.rows() * columns, read * filters);
      }
      case "Filter" -> filter.add(nanos, input);
      case "Project" -> project.add(nanos, input * count(text, " as "));
      case "HashAggregate" -> {
        // Finding the group and adding to each aggregate differ too little to be told apart.
        int steps = (text.contains("by ") ? 1 : 0) + count(text, "(");
        aggregate.add(nanos, input * steps, node.rows());
      }
      case "HashJoin" -> join.add(nanos, input + BUILD_TO_PROBE * node.rowsOf(1));
      case "NestedLoopJoin" -> pairs.add(nanos, input * node.rowsOf(1));
      case "Sort" -> sort.add(nanos, input * Math.log(Math.max(2, input)) / Math.log(2));
      case "TopN" -> top.add(nanos, input);
      default -> {
        // Passes rows on.
      }
    }
  }

  private static int count(String text, String part) {
    return text.split(Pattern.quote(part), -1).length - 1;
  }

  /// As `calibration.json` has them.
  List<String> lines() {
    var costs = new TreeMap<String, Double>();
    double[] scanned = scan.costs();
    double[] grouped = aggregate.costs();
    double[] joined = join.costs();
    costs.put("scanByteNanos", scanned[0]);
    costs.put("scanValueNanos", scanned[1]);
    costs.put("filterRowNanos", Math.max(scanned[2], filter.costs()[0]));
    costs.put("expressionRowNanos", project.costs()[0]);
    costs.put("aggregateRowNanos", grouped[0]);
    costs.put("callRowNanos", grouped[0]);
    costs.put("groupNanos", grouped[1]);
    costs.put("buildRowNanos", joined[0] * BUILD_TO_PROBE);
    costs.put("probeRowNanos", joined[0]);
    costs.put("pairNanos", pairs.costs()[0]);
    costs.put("sortRowNanos", sort.costs()[0]);
    costs.put("topRowNanos", top.costs()[0]);
    return costs.entrySet().stream()
        .map(e -> String.format(Locale.ROOT, "  \"%s\": %.3f,", e.getKey(), e.getValue()))
        .toList();
  }
}
