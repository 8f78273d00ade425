package io.frazil.engine.parquet;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.parquet.ChunkFetch.Wanted;
import io.frazil.engine.parquet.FileColumns.Stored;
import io.frazil.engine.plan.PhysicalPlan.TableScan;
import io.frazil.engine.plan.Split;
import io.frazil.engine.scan.RuntimeFilters;
import io.frazil.engine.scan.Source;
import io.frazil.engine.task.NodeMetrics;
import io.frazil.engine.task.NodeMetrics.Counter;
import io.frazil.engine.task.TaskContext;
import io.frazil.engine.vector.BatchReader;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
  private final RowPruner pruner;
  private final NodeMetrics metrics;
  private final TreeSet<Integer> needed = new TreeSet<>();
  private final AtomicLong produced = new AtomicLong();
  private final ExecutorService readers =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("parquet-read-", 0).factory());

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
    this.pruner = new RowPruner(scan);
    this.morsels = new MorselQueue(scan, splits, context);
    needed.addAll(scan.outputs());
    scan.filters().forEach(conjunct -> needed.addAll(DriverState.columns(conjunct)));
    scan.runtimeFilters().forEach(target -> needed.add(target.column()));
  }

  @Override
  public BatchReader open() {
    return new ScanReader(this, new DriverState(scan, context, runtimeFilters, filters), metrics);
  }

  /// The next morsel to read, its bytes not asked for yet; null when there is none.
  @Nullable MorselFetch take() {
    Morsel morsel = morsels.take();
    while (morsel != null) {
      metrics.add(Counter.ROW_GROUPS, 1);
      MorselFetch fetch = null;
      try {
        fetch = fetch(morsel);
      } finally {
        if (fetch == null) {
          morsel.file().release();
        }
      }
      if (fetch != null) {
        return fetch;
      }
      metrics.add(Counter.ROW_GROUPS_PRUNED, 1);
      morsel = morsels.take();
    }
    return null;
  }

  /// How to read a morsel; null where none of its rows can pass.
  private @Nullable MorselFetch fetch(Morsel whole) {
    List<Expression> conjuncts = pruner.conjuncts(runtimeFilters);
    if (!RowPruner.mightPass(conjuncts, whole.file(), whole.rowGroup())) {
      return null;
    }
    var index = new PageIndex();
    Morsel morsel = prunePages(whole, conjuncts, index);
    if (morsel.rows().isEmpty()) {
      return null;
    }
    ChunkFetch chunks = ChunkFetch.of(wanted(morsel, index));
    metrics.add(Counter.READ_BYTES, chunks.readBytes());
    metrics.add(Counter.READ_REQUESTS, chunks.requests());
    return new MorselFetch(
        morsel, chunks, context.memory().reservation("scan " + scan.id()), readers);
  }

  /// The morsel with those of its rows only whose pages might pass.
  private static Morsel prunePages(Morsel morsel, List<Expression> conjuncts, PageIndex index) {
    for (int column : RowPruner.columns(conjuncts)) {
      if (morsel.file().places().get(column) instanceof Stored stored) {
        index.read(morsel, column, stored);
      }
    }
    long rows = morsel.metadata().rows();
    return new Morsel(morsel.file(), morsel.rowGroup(), RowPruner.rows(conjuncts, index, rows));
  }

  private List<Wanted> wanted(Morsel morsel, PageIndex index) {
    var wanted = new ArrayList<Wanted>();
    long rows = morsel.metadata().rows();
    boolean all = morsel.rows().count() == rows;
    for (int column : needed) {
      if (morsel.file().places().get(column) instanceof Stored stored) {
        RowGroupMetadata.Chunk chunk = morsel.chunk(stored);
        if (!all) {
          index.read(morsel, column, stored);
        }
        PageIndex.Pages pages = all ? null : index.pages(column);
        if (pages == null) {
          wanted.add(new Wanted(column, chunk.start(), chunk.length(), 0));
        } else {
          List<Wanted> some = PageIndex.wanted(column, chunk, pages, morsel.rows(), rows);
          metrics.add(Counter.PAGES_PRUNED, pages.without(morsel.rows(), rows));
          wanted.addAll(some);
        }
      }
    }
    return wanted;
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
    readers.close();
  }
}
