package io.frazil.cli.client;

import io.frazil.events.QueryResponse;
import io.frazil.session.cost.Estimate;
import io.frazil.session.cost.Interval;
import io.frazil.session.cost.Ledger;
import io.frazil.session.statistics.QueryStatistics;
import io.frazil.session.statistics.ScanStatistics;
import io.frazil.session.statistics.StageStatistics;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a response says about a query, in the session's words.
final class ResponseStatistics {
  /// Plan nodes have no numbers in a response.
  private static final int NO_NODE = -1;

  private ResponseStatistics() {}

  static QueryStatistics statistics(QueryResponse.Statistics statistics) {
    return new QueryStatistics(
        Duration.ofMillis(statistics.planningMillis()),
        Duration.ofMillis(statistics.elapsedMillis()),
        statistics.rows(),
        statistics.stages().stream().map(ResponseStatistics::stage).toList());
  }

  static Estimate estimate(QueryResponse.@Nullable Estimate estimate) {
    return estimate == null
        ? Estimate.NONE
        : new Estimate(
            estimate.region(),
            estimate.priced(),
            interval(estimate.seconds()),
            interval(estimate.bytes()),
            interval(estimate.dollars()),
            estimate.stages().stream()
                .map(s ->
                    new Estimate.StageEstimate(
                        s.number(),
                        s.title(),
                        s.tasks(),
                        interval(s.seconds()),
                        interval(s.bytes()),
                        interval(s.dollars())))
                .toList());
  }

  private static Interval interval(QueryResponse.Range range) {
    return new Interval(range.low(), range.high());
  }

  static Ledger ledger(QueryResponse.Ledger ledger) {
    return new Ledger(
        ledger.region(),
        LocalDate.parse(ledger.priced()),
        ledger.lines().stream().map(ResponseStatistics::line).toList());
  }

  private static StageStatistics stage(QueryResponse.Stage stage) {
    return new StageStatistics(
        stage.number(),
        stage.title(),
        stage.tasks(),
        stage.attempts(),
        Duration.ofMillis(stage.elapsedMillis()),
        Duration.ofMillis(stage.cpuMillis()),
        stage.rows(),
        stage.bytesWritten(),
        stage.peakMemoryBytes(),
        stage.scans().stream().map(ResponseStatistics::scan).toList(),
        List.of());
  }

  private static ScanStatistics scan(QueryResponse.Scan scan) {
    return new ScanStatistics(
        NO_NODE,
        scan.table(),
        scan.files(),
        scan.filesPruned(),
        scan.bytes(),
        scan.bytesPruned(),
        scan.bytesRead(),
        scan.requests());
  }

  private static Ledger.Line line(QueryResponse.Line line) {
    return new Ledger.Line(
        line.where(),
        line.item(),
        line.quantity(),
        line.unit(),
        line.dollars(),
        Ledger.Basis.valueOf(line.basis().toUpperCase(Locale.ROOT)));
  }
}
