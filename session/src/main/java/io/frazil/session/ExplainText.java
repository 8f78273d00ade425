package io.frazil.session;

import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.Stage;
import io.frazil.engine.task.NodeMetrics.Counter;
import io.frazil.session.cost.Dollars;
import io.frazil.session.cost.Estimate;
import io.frazil.session.cost.Estimate.StageEstimate;
import io.frazil.session.cost.Interval;
import io.frazil.session.cost.Ledger;
import io.frazil.session.statistics.NodeStatistics;
import io.frazil.session.statistics.QueryStatistics;
import io.frazil.session.statistics.ScanStatistics;
import io.frazil.session.statistics.StageStatistics;
import io.frazil.sql.PlannedQuery;
import io.frazil.sql.explain.PlanText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What EXPLAIN prints: the logical plan, then the nodes of each stage; after EXPLAIN ANALYZE what
/// each stage and node did, below it.
final class ExplainText {
  private static final Pattern NODE = Pattern.compile("^(\\s*)#(\\d+) ");

  private ExplainText() {}

  static List<String> planned(PlannedQuery query, List<Stage> stages, Estimate estimate) {
    var lines = new ArrayList<String>();
    lines.add("Logical plan");
    query.logicalPlan().lines().forEach(line -> lines.add("  " + line));
    for (Stage stage : stages) {
      lines.add(title(stage));
      plan(query, stage).forEach(lines::add);
      lines.add("  Predicted: " + predicted(estimate.stages().get(stage.number())));
    }
    lines.add("Predicted: " + predicted(estimate));
    return lines;
  }

  static List<String> analyzed(PlannedQuery query, List<Stage> stages, QueryHandle handle) {
    QueryStatistics statistics = handle.statistics();
    Estimate estimate = handle.estimate();
    Ledger ledger = handle.ledger();
    var lines = new ArrayList<String>();
    // A stage may have been run by the one that reads it, which has its nodes then.
    Map<Integer, NodeStatistics> everywhere = new HashMap<>();
    statistics.stages().forEach(s -> s.nodes().forEach(node -> everywhere.put(node.id(), node)));
    for (Stage stage : stages) {
      StageStatistics did = statistics.stages().get(stage.number());
      lines.add(title(stage) + " (" + stage(did) + paid(stage, ledger, estimate) + ")");
      Map<Integer, NodeStatistics> nodes = new HashMap<>(everywhere);
      did.nodes().forEach(node -> nodes.put(node.id(), node));
      for (String line : plan(query, stage)) {
        lines.add(line);
        Matcher node = NODE.matcher(line);
        if (node.find()) {
          NodeStatistics ran = nodes.get(Integer.valueOf(node.group(2)));
          lines.add(node.group(1) + "   → " + (ran == null ? "did not run" : node(ran)));
        }
      }
      did.scans().forEach(scan -> lines.add("  " + scan(scan)));
    }
    lines.add(
        "Total: %d rows in %s (planning %s), peak memory %s"
            .formatted(
                statistics.rows(),
                time(statistics.elapsed()),
                time(statistics.planning()),
                bytes(statistics.peakMemoryBytes())));
    lines.add("Predicted: " + predicted(estimate));
    lines.add("Cost: " + Dollars.text(ledger.dollars()));
    return lines;
  }

  private static String predicted(Estimate estimate) {
    return "%s (prices of %s, %s), %s read in %s"
        .formatted(
            Dollars.text(estimate.dollars()),
            estimate.region(),
            estimate.priced(),
            size(estimate.bytes()),
            seconds(estimate.seconds()));
  }

  private static String predicted(StageEstimate stage) {
    return "%s, %s read by %d tasks in %s"
        .formatted(
            Dollars.text(stage.dollars()),
            size(stage.bytes()),
            stage.tasks(),
            seconds(stage.seconds()));
  }

  private static String size(Interval bytes) {
    return bytes((long) bytes.low()) + " to " + bytes((long) bytes.high());
  }

  private static String seconds(Interval seconds) {
    return String.format(Locale.ROOT, "%.2f to %.2f s", seconds.low(), seconds.high());
  }

  private static List<String> plan(PlannedQuery query, Stage stage) {
    return PlanText.text(stage.plan(), query.estimates()).lines().map(line -> "  " + line).toList();
  }

  private static String title(Stage stage) {
    String after =
        stage.dependencies().isEmpty()
            ? ""
            : ", after "
                + String.join(", ", stage.dependencies().stream().map(String::valueOf).toList());
    String to =
        switch (stage.output()) {
          case Distribution.Gather _ -> "to one";
          case Distribution.Broadcast _ -> "to all";
          case Distribution.Hash(var _, int partitions) -> "hashed to " + partitions;
        };
    return "Stage " + stage.number() + " " + to + after;
  }

  private static String stage(StageStatistics stage) {
    return "%d tasks, %s, cpu %s, %d rows, peak memory %s"
        .formatted(
            stage.tasks(),
            time(stage.elapsed()),
            time(stage.cpu()),
            stage.rows(),
            bytes(stage.peakMemoryBytes()));
  }

  /// What a stage's tasks cost beside what was predicted, each where it is known.
  private static String paid(Stage stage, Ledger ledger, Estimate estimate) {
    var cost = new StringBuilder();
    ledger.dollars(stage.number()).ifPresent(paid -> cost.append(", cost " + Dollars.text(paid)));
    estimate.stages().stream()
        .filter(predicted -> predicted.number() == stage.number())
        .forEach(predicted -> cost.append(", predicted " + Dollars.text(predicted.dollars())));
    return cost.toString();
  }

  private static String scan(ScanStatistics scan) {
    return "%s: %d of %d files pruned, %s of %s; %s read in %d requests"
        .formatted(
            scan.table(),
            scan.filesPruned(),
            scan.files(),
            bytes(scan.bytesPruned()),
            bytes(scan.bytes()),
            bytes(scan.bytesRead()),
            scan.requests());
  }

  private static String node(NodeStatistics node) {
    var parts = new ArrayList<String>();
    parts.add(
        "%d rows in %d batches, %s"
            .formatted(
                node.get(Counter.OUTPUT_ROWS),
                node.get(Counter.OUTPUT_BATCHES),
                time(Duration.ofNanos(node.get(Counter.NANOS)))));
    add(parts, "memory ", node.get(Counter.PEAK_BYTES));
    add(parts, "read ", node.get(Counter.READ_BYTES));
    count(parts, node.get(Counter.ROW_GROUPS), "row groups");
    count(parts, node.get(Counter.ROW_GROUPS_PRUNED), "row groups pruned");
    count(parts, node.get(Counter.PAGES_PRUNED), "pages pruned");
    count(parts, node.get(Counter.ROWS_FILTERED), "rows filtered");
    count(parts, node.get(Counter.ROWS_RUNTIME_FILTERED), "rows filtered at run time");
    return String.join(", ", parts);
  }

  private static void add(List<String> parts, String name, long size) {
    if (size > 0) {
      parts.add(name + bytes(size));
    }
  }

  private static void count(List<String> parts, long count, String what) {
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }

  private static String time(Duration duration) {
    return String.format(Locale.ROOT, "%.1f ms", duration.toNanos() / 1e6);
  }

  private static String bytes(long count) {
    return count >= 1 << 20
        ? String.format(Locale.ROOT, "%.1f MiB", count / (double) (1 << 20))
        : String.format(Locale.ROOT, "%.1f KiB", count / (double) (1 << 10));
  }
}
