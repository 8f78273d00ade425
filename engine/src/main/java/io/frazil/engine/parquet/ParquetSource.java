package io.frazil.engine.parquet;

import io.frazil.engine.plan.PhysicalPlan.TableScan;
import io.frazil.engine.plan.Split;
import io.frazil.engine.scan.RuntimeFilters;
import io.frazil.engine.scan.Source;
import io.frazil.engine.task.NodeMetrics;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.vector.BatchReader;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Runs a scan over splits of Parquet files: reads what can't be pruned, filters it, and gives the
/// rows that are left.
public final class ParquetSource implements Source {
  private final TableScan scan;
  private final TaskContext context;
  private final RuntimeFilters runtimeFilters;
  private final RowFilter.Factory filters;
  private final MorselQueue morsels;
  private final MorselPlanner planner;
  private final NodeMetrics metrics;
  private final AtomicLong produced = new AtomicLong();

  /// @param filters compile the scan's conjuncts, whose positions are those of the scan's columns
  public ParquetSource(
      TableScan scan,
      List<Split.Parquet> splits,
      TaskContext context,
      RuntimeFilters runtimeFilters,
      RowFilter.Factory filters) {
    this.scan = scan;
    this.context = context;
    this.runtimeFilters = runtimeFilters;
    this.filters = filters;
    this.metrics = context.metrics().node(scan.id());
    this.planner = new MorselPlanner(scan, context, runtimeFilters);
    this.morsels = new MorselQueue(scan, splits, context);
  }

  @Override
  public BatchReader open() {
    return new ScanReader(this, new DriverState(scan, context, runtimeFilters, filters), metrics);
  }

  /// The next morsel to read, its bytes not asked for yet; null when there will be none.
  @Nullable MorselFetch take(DriverState state) {
    return fetch(morsels.take(group -> planner.plan(group, state)));
  }

  /// A morsel to be read while another is decoded; null where there is none to spare.
  @Nullable MorselFetch takeAhead(DriverState state) {
    return fetch(morsels.takeAhead(group -> planner.plan(group, state)));
  }

  private @Nullable MorselFetch fetch(@Nullable Morsel morsel) {
    if (morsel == null) {
      return null;
    }
    MorselFetch fetch = null;
    try {
      fetch = planner.fetch(morsel);
      return fetch;
    } finally {
      if (fetch == null) {
        morsel.group().file().release();
      }
    }
  }

  /// @throws io.frazil.engine.error.FrazilException where the query was stopped
  void check() {
    context.cancellation().check();
  }

  void produced(int rows) {
    if (scan.limit() != null) {
      produced.addAndGet(rows);
    }
  }

  /// Whether the limit is reached.
  boolean hasEnough() {
    Long limit = scan.limit();
    return limit != null && produced.get() >= limit;
  }

  @Override
  public void close() {
    morsels.close();
  }
}
