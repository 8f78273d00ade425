package io.frazil.session.statistics;

import io.frazil.engine.task.NodeMetrics.Counter;
import io.frazil.session.cost.LambdaCost;
import io.frazil.session.cost.LambdaShape;
import io.frazil.session.cost.Ledger;
import io.frazil.session.cost.LedgerEntry;
import io.frazil.session.cost.PriceTable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Counts what a query does while it runs. Safe for use by many threads.
public final class QueryTally {
  private final long startNanos = System.nanoTime();
  private final AtomicLong rows = new AtomicLong();
  private volatile long plannedNanos;
  private volatile long endNanos;
  private volatile List<StageTally> stages = List.of();

  /// Planning is over.
  public void planned(List<StageTally> stages) {
    this.stages = List.copyOf(stages);
    this.plannedNanos = System.nanoTime();
  }

  /// Rows of the result that were taken.
  public void taken(long count) {
    rows.addAndGet(count);
  }

  /// The last row was taken, or the query failed; the first time counts.
  public synchronized void ended() {
    if (endNanos == 0) {
      endNanos = System.nanoTime();
    }
  }

  public QueryStatistics statistics() {
    return new QueryStatistics(
        Duration.ofNanos(plannedNanos == 0 ? 0 : plannedNanos - startNanos),
        elapsed(),
        rows.get(),
        stages.stream().map(StageTally::statistics).toList());
  }

  public QueryProgress progress() {
    List<StageTally> begun = stages.stream().filter(StageTally::hasBegun).toList();
    return new QueryProgress(
        Math.max(0, begun.size() - 1),
        stages.size(),
        begun.stream().mapToInt(StageTally::tasksDone).sum(),
        begun.stream().mapToInt(StageTally::tasks).sum(),
        rows.get(),
        begun.stream().mapToLong(s -> s.statistics().bytesRead()).sum(),
        stages.stream().mapToLong(StageTally::bytesToRead).sum());
  }

  /// What it would cost on Lambda.
  public Ledger ledger() {
    var cost = new LambdaCost(PriceTable.bundled(PriceTable.Architecture.X86), LambdaShape.DEFAULT);
    return cost.ledger(elapsed(), stages.stream().map(QueryTally::entry).toList());
  }

  private static LedgerEntry entry(StageTally tally) {
    StageStatistics stage = tally.statistics();
    long reads = stage.nodes().stream().mapToLong(n -> n.get(Counter.READ_REQUESTS)).sum();
    return new LedgerEntry(
        "stage " + stage.number(),
        stage.attempts(),
        stage.cpu(),
        stage.bytesRead(),
        reads,
        tally.writes());
  }

  private Duration elapsed() {
    return Duration.ofNanos((endNanos == 0 ? System.nanoTime() : endNanos) - startNanos);
  }
}
