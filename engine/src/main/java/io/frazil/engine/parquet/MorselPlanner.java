package io.frazil.engine.parquet;

import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.parquet.ChunkFetch.Wanted;
import io.frazil.engine.parquet.FileColumns.Stored;
import io.frazil.engine.parquet.RowGroupMetadata.Chunk;
import io.frazil.engine.parquet.decode.ChunkRange;
import io.frazil.engine.parquet.prune.RowRanges;
import io.frazil.engine.plan.PhysicalPlan.TableScan;
import io.frazil.engine.scan.RuntimeFilters;
import io.frazil.engine.task.NodeMetrics;
import io.frazil.engine.task.NodeMetrics.Counter;
import io.frazil.engine.task.TaskContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Finds out what of a row group has to be read. The cheapest comes first: statistics, which the
/// footer has, bloom filters, the page index, and dictionaries, of which each is read only where it
/// is small beside what it may save.
final class MorselPlanner {
  /// What is read in order to prune may be this part of what it may save.
  private static final int WORTH = 4;

  /// Dictionaries beyond this are left to whoever reads the column.
  private static final long MAX_DICTIONARY_BYTES = 16 << 20;

  private final TableScan scan;
  private final TaskContext context;
  private final RuntimeFilters runtimeFilters;
  private final RowPruner pruner;
  private final NodeMetrics metrics;
  private final Set<Integer> needed = new TreeSet<>();
  private final Set<Integer> equated;

  MorselPlanner(TableScan scan, TaskContext context, RuntimeFilters runtimeFilters) {
    this.scan = scan;
    this.context = context;
    this.runtimeFilters = runtimeFilters;
    this.pruner = new RowPruner(scan);
    this.metrics = context.metrics().node(scan.id());
    this.equated = equated(scan.filters());
    needed.addAll(scan.outputs());
    scan.filters().forEach(conjunct -> needed.addAll(DriverState.columns(conjunct)));
    scan.runtimeFilters().forEach(target -> needed.add(target.column()));
  }

  /// The morsels of a row group; none where no row can pass.
  ///
  /// @param state of the driver that asks, between two of its morsels
  List<Morsel> plan(RowGroup group, DriverState state) {
    metrics.add(Counter.ROW_GROUPS, 1);
    try (Reservation reservation = context.memory().reservation("scan " + scan.id())) {
      List<Morsel> morsels = plan(group, state, reservation);
      metrics.add(Counter.ROW_GROUPS_PRUNED, morsels.isEmpty() ? 1 : 0);
      return morsels;
    }
  }

  private List<Morsel> plan(RowGroup group, DriverState state, Reservation reservation) {
    List<Expression> conjuncts = pruner.conjuncts(runtimeFilters);
    long bytes = neededBytes(group);
    var blooms = new BloomFilters(group, bytes / WORTH, reservation);
    if (!RowPruner.mightPass(conjuncts, group, blooms)) {
      return List.of();
    }
    var index = new PageIndex();
    read(index, group, RowPruner.columns(conjuncts));
    RowRanges rows = RowPruner.rows(conjuncts, index, group.rows());
    if (rows.isEmpty() || isAbsentFromDictionary(group, bytes, state, reservation)) {
      return List.of();
    }
    int parts = MorselParts.count(rows.count(), bytes, context.threads());
    if (parts > 1 || rows.count() < group.rows()) {
      read(index, group, needed);
      countPruned(rows, group.rows(), index);
    }
    return divided(group, rows, index, parts).stream()
        .map(part -> new Morsel(group, part, index))
        .toList();
  }

  private static void read(PageIndex index, RowGroup group, Set<Integer> columns) {
    for (int column : columns) {
      if (group.file().places().get(column) instanceof Stored stored) {
        index.read(group, column, stored);
      }
    }
  }

  private void countPruned(RowRanges rows, long all, PageIndex index) {
    for (int column : needed) {
      PageIndex.Pages pages = index.pages(column);
      metrics.add(Counter.PAGES_PRUNED, pages == null ? 0 : pages.without(rows, all));
    }
  }

  /// The rows in parts, or as they are where a column's pages aren't known: it would be read as a
  /// whole for each part.
  private List<RowRanges> divided(RowGroup group, RowRanges rows, PageIndex index, int parts) {
    PageIndex.Pages largest = null;
    long length = -1;
    for (int column : needed) {
      if (group.file().places().get(column) instanceof Stored stored) {
        PageIndex.Pages pages = index.pages(column);
        if (pages == null) {
          return List.of(rows);
        }
        if (group.chunk(stored).length() > length) {
          largest = pages;
          length = group.chunk(stored).length();
        }
      }
    }
    return largest == null || parts == 1
        ? List.of(rows)
        : MorselParts.divide(rows, largest, group.rows(), parts);
  }

  private long neededBytes(RowGroup group) {
    long bytes = 0;
    for (int column : needed) {
      if (group.file().places().get(column) instanceof Stored stored) {
        bytes += group.chunk(stored).length();
      }
    }
    return bytes;
  }

  /// Whether a column that has to equal something has another dictionary.
  private boolean isAbsentFromDictionary(
      RowGroup group, long bytes, DriverState state, Reservation reservation) {
    for (int column : equated) {
      if (group.file().places().get(column) instanceof Stored stored) {
        Chunk chunk = group.chunk(stored);
        long length = chunk.dictionaryLength();
        boolean worth = length > 0 && length <= Math.min(bytes / WORTH, MAX_DICTIONARY_BYTES);
        if (worth && chunk.onlyIds() && reservation.tryGrow(length + ChunkRange.PADDING)) {
          byte[] page = new byte[(int) length + ChunkRange.PADDING];
          group.file().file().read(chunk.start(), page, 0, (int) length);
          var range = new ChunkRange(page, 0, (int) length, 0);
          if (state.passesNone(column, group.shape(stored), range, group.rows())) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /// How to read a morsel.
  MorselFetch fetch(Morsel morsel) {
    ChunkFetch chunks = ChunkFetch.of(wanted(morsel));
    metrics.add(Counter.READ_BYTES, chunks.readBytes());
    int parallel = morsel.group().file().file().parallelReads();
    metrics.add(Counter.READ_REQUESTS, chunks.reads(parallel));
    return new MorselFetch(
        morsel, chunks, context.memory().reservation("scan " + scan.id()), context.cancellation());
  }

  private List<Wanted> wanted(Morsel morsel) {
    var wanted = new ArrayList<Wanted>();
    for (int column : needed) {
      if (morsel.group().file().places().get(column) instanceof Stored stored) {
        Chunk chunk = morsel.group().chunk(stored);
        PageIndex.Pages pages = morsel.isWhole() ? null : morsel.index().pages(column);
        if (pages == null) {
          wanted.add(new Wanted(column, chunk.start(), chunk.length(), 0));
        } else {
          wanted.addAll(
              PageIndex.wanted(column, chunk, pages, morsel.rows(), morsel.group().rows()));
        }
      }
    }
    return wanted;
  }

  /// The columns of which a conjunct says by itself that they equal one of a few values: the
  /// conjuncts that a dictionary most likely has no entry for.
  private static Set<Integer> equated(List<Expression> conjuncts) {
    var columns = new TreeSet<Integer>();
    for (Expression conjunct : conjuncts) {
      List<Integer> found = DriverState.columns(conjunct);
      if (found.size() == 1 && isEquality(conjunct)) {
        columns.addAll(found);
      }
    }
    return columns;
  }

  private static boolean isEquality(Expression conjunct) {
    return switch (conjunct) {
      case Expression.Comparison comparison -> comparison.operator() == ComparisonOperator.EQUAL;
      case Expression.InList _ -> true;
      case Expression.Or or -> or.operands().stream().allMatch(MorselPlanner::isEquality);
      case Expression.And _,
          Expression.Not _,
          Expression.IsNull _,
          Expression.Literal _,
          Expression.Column _,
          Expression.Arithmetic _,
          Expression.Negate _,
          Expression.Cast _,
          Expression.Case _,
          Expression.Coalesce _,
          Expression.Call _ ->
          false;
    };
  }
}
