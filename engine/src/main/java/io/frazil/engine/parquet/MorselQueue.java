package io.frazil.engine.parquet;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.parquet.FileColumns.Place;
import io.frazil.engine.parquet.Morsel.OpenFile;
import io.frazil.engine.parquet.prune.RowRanges;
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

/// The morsels of all splits, in their order; files are opened when their turn comes. Shared by the
/// drivers.
final class MorselQueue implements AutoCloseable {
  /// How long to wait before asking again whether the query was cancelled.
  private static final long WAIT_MILLIS = 50;

  private final TableScan scan;
  private final TaskContext context;
  private final Deque<List<Split.Parquet>> files;
  private final Deque<Morsel> morsels = new ArrayDeque<>();
  private int opening;

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

  /// The next morsel, whose file the caller releases; null when there is none left.
  @Nullable Morsel take() {
    List<Split.Parquet> file = nextFile();
    while (file != null) {
      open(file);
      file = nextFile();
    }
    synchronized (this) {
      return morsels.poll();
    }
  }

  /// A file to open because there are no morsels; null if there are some, or will never be.
  private synchronized @Nullable List<Split.Parquet> nextFile() {
    try {
      while (morsels.isEmpty() && files.isEmpty() && opening > 0) {
        context.cancellation().check();
        wait(WAIT_MILLIS);
      }
      if (!morsels.isEmpty() || files.isEmpty()) {
        return null;
      }
      opening++;
      return files.remove();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FrazilException(ErrorCode.CANCELLED, "The query was interrupted", e);
    }
  }

  private void open(List<Split.Parquet> splits) {
    List<Morsel> found = List.of();
    try {
      found = morsels(splits);
    } finally {
      synchronized (this) {
        opening--;
        morsels.addAll(found);
        notifyAll();
      }
    }
  }

  private List<Morsel> morsels(List<Split.Parquet> splits) {
    Split.Parquet first = splits.getFirst();
    ParquetFile file = ParquetFile.open(context.store(), first.location());
    context.metrics().node(scan.id()).add(Counter.FILES, 1);
    OpenFile open = null;
    try {
      checkUnchanged(file, first);
      List<Place> places = FileColumns.resolve(file, scan.columns(), first);
      open = new OpenFile(file, places);
      return morsels(open, splits);
    } finally {
      if (open == null) {
        file.close();
      } else {
        open.release();
      }
    }
  }

  private List<Morsel> morsels(OpenFile open, List<Split.Parquet> splits) {
    var found = new ArrayList<Morsel>();
    ParquetFile file = open.file();
    for (int i = 0; i < file.rowGroups().size(); i++) {
      long start = file.rowGroups().get(i).start();
      boolean wanted =
          splits.stream().anyMatch(s -> start >= s.start() && start - s.start() < s.length());
      if (wanted) {
        long rows = file.rowGroups().get(i).rows();
        open.use();
        found.add(new Morsel(open, i, RowRanges.all(rows)));
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
    files.clear();
    for (Morsel morsel = morsels.poll(); morsel != null; morsel = morsels.poll()) {
      morsel.file().release();
    }
  }
}
