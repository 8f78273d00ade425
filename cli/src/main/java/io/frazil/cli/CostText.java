package io.frazil.cli;

import io.frazil.cli.output.Units;
import io.frazil.session.QueryHandle;
import io.frazil.session.cost.Dollars;
import io.frazil.session.cost.Estimate;
import io.frazil.session.cost.Ledger;
import io.frazil.session.statistics.QueryStatistics;
import io.frazil.session.statistics.ScanStatistics;
import io.frazil.session.statistics.StageStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a query did and what it would cost on Lambda, for people.
final class CostText {
  private CostText() {}

  /// A line a stage, a line a scan, and the sum.
  static List<String> lines(QueryHandle query) {
    QueryStatistics statistics = query.statistics();
    Ledger ledger = query.ledger();
    var lines = new ArrayList<String>();
    for (StageStatistics stage : statistics.stages()) {
      lines.add(stageLine(stage));
      stage.scans().forEach(scan -> lines.add(scanLine(scan)));
    }
    lines.add(
        "  planning %s, in all %s; CPU %s, peak memory %s"
            .formatted(
                Units.seconds(statistics.planning().toNanos()),
                Units.seconds(statistics.elapsed().toNanos()),
                Units.seconds(statistics.cpu().toNanos()),
                Units.bytes(statistics.peakMemoryBytes())));
    lines.add(
        "  on Lambda (%s, prices of %s): %s%s"
            .formatted(
                ledger.region(),
                ledger.priced(),
                Dollars.text(ledger.dollars()),
                predicted(query.estimate())));
    return lines;
  }

  private static String predicted(Estimate estimate) {
    return estimate.stages().isEmpty()
        ? ""
        : String.format(
            Locale.ROOT,
            "; predicted %s, %s to %s read, %.2f to %.2f s",
            Dollars.text(estimate.dollars()),
            Units.bytes((long) estimate.bytes().low()),
            Units.bytes((long) estimate.bytes().high()),
            estimate.seconds().low(),
            estimate.seconds().high());
  }

  private static String stageLine(StageStatistics stage) {
    String written =
        stage.bytesWritten() == 0 ? "" : ", " + Units.bytes(stage.bytesWritten()) + " of partials";
    return "  stage %d %s: %d %s, %s, %s%s"
        .formatted(
            stage.number(),
            stage.title(),
            stage.tasks(),
            stage.tasks() == 1 ? "task" : "tasks",
            Units.seconds(stage.elapsed().toNanos()),
            Units.rows(stage.rows()),
            written);
  }

  private static String scanLine(ScanStatistics scan) {
    return "    %s: %d of %d files, %s of %s read (%s pruned)"
        .formatted(
            scan.table(),
            scan.files() - scan.filesPruned(),
            scan.files(),
            Units.bytes(scan.bytesRead()),
            Units.bytes(scan.bytes()),
            Units.bytes(scan.bytesPruned()));
  }
}
