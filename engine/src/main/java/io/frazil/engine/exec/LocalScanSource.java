package io.frazil.engine.exec;

import io.frazil.engine.plan.PhysicalPlan.TableScan;
import io.frazil.engine.plan.RuntimeFilterTarget;
import io.frazil.engine.plan.Split;
import io.frazil.engine.scan.RuntimeFilters;
import io.frazil.engine.scan.Source;
import io.frazil.engine.task.NodeMetrics;
import io.frazil.engine.task.NodeMetrics.Counter;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.Vector;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Scans the splits that only this process can read; a split is a morsel.
final class LocalScanSource implements Source {
  private final TableScan scan;
  private final List<Split.Local> splits;
  private final List<Integer> columns;
  private final Supplier<UnaryOperator<Batch>> filters;
  private final RuntimeFilters runtimeFilters;
  private final NodeMetrics metrics;
  private final AtomicInteger nextSplit = new AtomicInteger();
  private final AtomicLong passed = new AtomicLong();
  private final long enough;

  /// @param columns where each of the scan's columns stands in the table's schema
  /// @param filters makes a predicate of the scan's filters for one more thread
  LocalScanSource(
      TableScan scan,
      List<Split.Local> splits,
      List<Integer> columns,
      Supplier<UnaryOperator<Batch>> filters,
      RuntimeFilters runtimeFilters,
      NodeMetrics metrics) {
    this.scan = scan;
    this.splits = List.copyOf(splits);
    this.columns = List.copyOf(columns);
    this.filters = filters;
    this.runtimeFilters = runtimeFilters;
    this.metrics = metrics;
    this.enough = scan.limit() == null ? Long.MAX_VALUE : scan.limit();
  }

  @Override
  public BatchReader open() {
    return new Reader(filters.get());
  }

  @Override
  public void close() {
    // Splits are opened and closed by the readers.
  }

  private final class Reader implements BatchReader {
    private final UnaryOperator<Batch> predicate;
    private @Nullable BatchReader split;

    Reader(UnaryOperator<Batch> predicate) {
      this.predicate = predicate;
    }

    @Override
    public @Nullable Batch next() {
      while (passed.get() < enough) {
        BatchReader open = split == null ? openNext() : split;
        if (open == null) {
          return null;
        }
        Batch batch = open.next();
        if (batch != null) {
          return pass(batch);
        }
        close();
      }
      close();
      return null;
    }

    @Override
    public void close() {
      if (split != null) {
        split.close();
        split = null;
      }
    }

    private @Nullable BatchReader openNext() {
      int index = nextSplit.getAndIncrement();
      split = index < splits.size() ? splits.get(index).open(columns) : null;
      return split;
    }

    private Batch pass(Batch read) {
      Batch live = scan.filters().isEmpty() ? read : predicate.apply(read);
      metrics.add(Counter.ROWS_FILTERED, read.rows() - live.rows());
      Batch matching = applyRuntimeFilters(live);
      metrics.add(Counter.ROWS_RUNTIME_FILTERED, live.rows() - matching.rows());
      passed.addAndGet(matching.rows());
      return matching.withColumns(outputs(matching));
    }

    private Batch applyRuntimeFilters(Batch batch) {
      Batch live = batch;
      for (RuntimeFilterTarget target : scan.runtimeFilters()) {
        var filter = runtimeFilters.find(target.filterId());
        if (filter.isPresent()) {
          int[] selection = new int[live.rows()];
          Vector keys = live.column(target.column());
          int rows = filter.get().filter(keys, live.selection(), live.rows(), selection);
          live = live.select(selection, rows);
        }
      }
      return live;
    }

    private Vector[] outputs(Batch batch) {
      return scan.outputs().stream().map(batch::column).toArray(Vector[]::new);
    }
  }
}
