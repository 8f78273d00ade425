package io.frazil.engine.parquet;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.parquet.FileColumns.Place;
import io.frazil.engine.parquet.RowGroup.OpenFile;
import io.frazil.engine.plan.PhysicalPlan.TableScan;
import io.frazil.engine.plan.Split;
import io.frazil.engine.task.NodeMetrics.Counter;
import io.frazil.engine.task.TaskContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The morsels of all splits, in their order. Files are opened and row groups are planned by the
/// driver whose turn comes, while the others go on. Shared by the drivers.
final class MorselQueue implements AutoCloseable {
  /// How long to wait before asking again whether the query was cancelled.
  private static final long WAIT_MILLIS = 50;

  private final TableScan scan;
  private final TaskContext context;
  private final Deque<List<Split.Parquet>> files;
  private final Deque<RowGroup> rowGroups = new ArrayDeque<>();
  private final Deque<Morsel> morsels = new ArrayDeque<>();
  private int working;
  private boolean closed;

  /// Finds out what of a row group has to be read; no morsels where it is nothing.
  @FunctionalInterface
  interface Planner {
    List<Morsel> plan(RowGroup rowGroup);
  }

  private sealed interface Step {}

  private record Take(Morsel morsel) implements Step {}

  private record Plan(RowGroup rowGroup) implements Step {}

  private record Open(List<Split.Parquet> splits) implements Step {}

  private record FileKey(String location, Map<Integer, Literal> constants) {}

  MorselQueue(TableScan scan, List<Split.Parquet> splits, TaskContext context) {
    this.scan = scan;
    this.context = context;
    var byFile = new LinkedHashMap<FileKey, List<Split.Parquet>>();
    for (Split.Parquet split : splits) {
      byFile
          .computeIfAbsent(new FileKey(split.location(), split.constants()), _ -> new ArrayList<>())
          .add(split);
    }
    this.files = new ArrayDeque<>(byFile.values());
  }

  /// The next morsel; null when there will be none any more.
  @Nullable Morsel take(Planner planner) {
    while (awaitWork()) {
      Morsel morsel = poll(planner, 1);
      if (morsel != null) {
        return morsel;
      }
    }
    return null;
  }

  /// A morsel to be read ahead; null where the last ones are better left to drivers that have none.
  @Nullable Morsel takeAhead(Planner planner) {
    return poll(planner, context.threads());
  }

  /// The next morsel if there seem to be at least `least` left.
  private @Nullable Morsel poll(Planner planner, int least) {
    while (true) {
      switch (nextStep(least)) {
        case null -> {
          return null;
        }
        case Take(Morsel morsel) -> {
          return morsel;
        }
        case Plan(RowGroup rowGroup) -> plan(rowGroup, planner);
        case Open(List<Split.Parquet> splits) -> open(splits);
      }
    }
  }

  private synchronized @Nullable Step nextStep(int least) {
    if (left() < least) {
      return null;
    }
    if (!morsels.isEmpty()) {
      return new Take(morsels.remove());
    }
    if (!rowGroups.isEmpty()) {
      working++;
      return new Plan(rowGroups.remove());
    }
    if (!files.isEmpty()) {
      working++;
      return new Open(files.remove());
    }
    return null;
  }

  /// Waits while others may find something; says whether there is something now.
  private synchronized boolean awaitWork() {
    try {
      while (left() == 0 && working > 0) {
        context.cancellation().check();
        wait(WAIT_MILLIS);
      }
      return left() > 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FrazilException(ErrorCode.CANCELLED, "The query was interrupted", e);
    }
  }

  /// How many morsels there are at least, as far as is known.
  private int left() {
    return morsels.size() + rowGroups.size() + files.size();
  }

  private void plan(RowGroup rowGroup, Planner planner) {
    List<Morsel> found = List.of();
    try {
      found = planner.plan(rowGroup);
    } finally {
      found.forEach(_ -> rowGroup.file().use());
      rowGroup.file().release();
      finish(List.of(), found);
    }
  }

  private void open(List<Split.Parquet> splits) {
    List<RowGroup> found = List.of();
    try {
      found = rowGroups(splits);
    } finally {
      finish(found, List.of());
    }
  }

  private synchronized void finish(List<RowGroup> foundRowGroups, List<Morsel> foundMorsels) {
    working--;
    rowGroups.addAll(foundRowGroups);
    morsels.addAll(foundMorsels);
    if (closed) {
      releaseAll();
    }
    notifyAll();
  }

  private List<RowGroup> rowGroups(List<Split.Parquet> splits) {
    Split.Parquet first = splits.getFirst();
    ParquetFile file = ParquetFile.open(context.store(), first.location());
    context.metrics().node(scan.id()).add(Counter.FILES, 1);
    OpenFile open = null;
    try {
      checkUnchanged(file, first);
      List<Place> places = FileColumns.resolve(file, scan.columns(), first);
      open = new OpenFile(file, places);
      return rowGroups(open, splits);
    } finally {
      if (open == null) {
        file.close();
      } else {
        open.release();
      }
    }
  }

  private static List<RowGroup> rowGroups(OpenFile open, List<Split.Parquet> splits) {
    var found = new ArrayList<RowGroup>();
    ParquetFile file = open.file();
    for (int i = 0; i < file.rowGroups().size(); i++) {
      long start = file.rowGroups().get(i).start();
      // A file that a table has twice is planned twice, and its rows are there twice.
      for (Split.Parquet split : splits) {
        if (start >= split.start() && start - split.start() < split.length()) {
          open.use();
          found.add(new RowGroup(open, i));
        }
      }
    }
    return found;
  }

  private static void checkUnchanged(ParquetFile file, Split.Parquet split) {
    String version = split.version();
    boolean same = version == null || version.equals(file.info().version());
    if (!same || split.fileSize() != file.info().size()) {
      throw new FrazilException(
          ErrorCode.FILE_CHANGED,
          "'%s' was changed since the query was planned".formatted(split.location()));
    }
  }

  /// Closes the files of what nobody took.
  @Override
  public synchronized void close() {
    closed = true;
    releaseAll();
  }

  private void releaseAll() {
    files.clear();
    for (RowGroup group = rowGroups.poll(); group != null; group = rowGroups.poll()) {
      group.file().release();
    }
    for (Morsel morsel = morsels.poll(); morsel != null; morsel = morsels.poll()) {
      morsel.group().file().release();
    }
  }
}
