package io.frazil.session.statistics;

import io.frazil.engine.task.NodeMetrics.Counter;
import io.frazil.events.Spent;
import io.frazil.session.cost.LambdaCost;
import io.frazil.session.cost.Ledger;
import io.frazil.session.cost.LedgerEntry;
import io.frazil.session.cost.Rates;
import io.frazil.session.cost.Spending;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Counts what a query does while it runs. Safe for use by many threads.
public final class QueryTally {
  private final long startNanos = System.nanoTime();
  private final AtomicLong rows = new AtomicLong();
  private volatile long plannedNanos;
  private volatile long endNanos;
  private final Rates rates;
  private volatile List<StageTally> stages = List.of();
  private volatile @Nullable Spending spending;

  public QueryTally(Rates rates) {
    this.rates = rates;
  }

  /// When the query began, by [System#nanoTime].
  public long startNanos() {
    return startNanos;
  }

  public boolean isPlanned() {
    return plannedNanos != 0;
  }

  /// Planning is over.
  public void planned(List<StageTally> stages) {
    this.stages = List.copyOf(stages);
    this.plannedNanos = System.nanoTime();
  }

  /// Planning is over, and what the query takes from now on is paid for.
  public void planned(List<StageTally> stages, Spending billed) {
    this.spending = billed;
    planned(stages);
  }

  /// Rows of the result that were taken.
  public void taken(long count) {
    rows.addAndGet(count);
  }

  /// The last row was taken, or the query closed; the first time counts.
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
        stageStatistics());
  }

  private List<StageStatistics> stageStatistics() {
    return ScansAsRun.of(stages.stream().map(StageTally::statistics).toList());
  }

  public QueryProgress progress() {
    List<StageTally> begun = stages.stream().filter(StageTally::hasBegun).toList();
    return new QueryProgress(
        Math.max(0, begun.size() - 1),
        stages.size(),
        begun.stream().mapToInt(StageTally::tasksDone).sum(),
        begun.stream().mapToInt(StageTally::tasks).sum(),
        rows.get(),
        stageStatistics().stream().mapToLong(StageStatistics::bytesRead).sum(),
        stages.stream().mapToLong(StageTally::bytesToRead).sum());
  }

  /// What it costs so far, or would cost where no function runs.
  public Ledger ledger() {
    Spending billed = spending;
    var cost = new LambdaCost(rates);
    return billed == null
        ? cost.imagined(elapsed(), stageStatistics().stream().map(this::entry).toList())
        : cost.billed(billed.bill(elapsed()));
  }

  /// What it has been paid by so far, for whoever goes on with it; nothing where no function runs.
  public Spent spent() {
    Spending billed = spending;
    return billed == null ? Spent.NOTHING : billed.spent(elapsed());
  }

  private LedgerEntry entry(StageStatistics stage) {
    long reads = stage.nodes().stream().mapToLong(n -> n.get(Counter.READ_REQUESTS)).sum();
    return new LedgerEntry(
        stage.number(), stage.cpu(), stage.bytesRead(), reads, stages.get(stage.number()).writes());
  }

  private Duration elapsed() {
    return Duration.ofNanos((endNanos == 0 ? System.nanoTime() : endNanos) - startNanos);
  }
}
