package io.frazil.iceberg.scan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/// The files of snapshots of middling size, which never change: opening and decoding their
/// manifests takes a small query longer than all its other planning. Safe for use by many threads.
public final class SnapshotFileCache {
  /// What is kept of all snapshots, and of one, in columns of files: each has counts and bounds,
  /// some 200 bytes.
  private static final long CELLS_MAX = 400_000;

  private static final long SNAPSHOT_CELLS_MAX = 200_000;

  private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long cells;

  private record Key(String tableId, long snapshot) {}

  private record Entry(SnapshotFiles files, long cells) {}

  /// The files of a snapshot; empty where they are too many to be kept, or nobody says how many.
  public Optional<SnapshotFiles> files(Table table, Snapshot snapshot) {
    var key = new Key(table.uuid().toString(), snapshot.snapshotId());
    synchronized (this) {
      Entry known = entries.get(key);
      if (known != null) {
        return Optional.of(known.files());
      }
    }
    long size = cells(table, snapshot);
    if (size < 0 || size > SNAPSHOT_CELLS_MAX) {
      return Optional.empty();
    }
    SnapshotFiles files = read(table, snapshot);
    keep(key, new Entry(files, size));
    return Optional.of(files);
  }

  private synchronized void keep(Key key, Entry entry) {
    if (entries.put(key, entry) == null) {
      cells += entry.cells();
    }
    Iterator<Map.Entry<Key, Entry>> eldest = entries.entrySet().iterator();
    while (cells > CELLS_MAX && eldest.hasNext()) {
      cells -= eldest.next().getValue().cells();
      eldest.remove();
    }
  }

  /// How much there is to keep, by the snapshot's summary; negative where that does not say it.
  private static long cells(Table table, Snapshot snapshot) {
    Map<String, String> summary = snapshot.summary();
    String files = summary == null ? null : summary.get(SnapshotSummary.TOTAL_DATA_FILES_PROP);
    try {
      return files == null
          ? -1
          : Math.multiplyExact(Long.parseLong(files), table.schema().columns().size() + 1L);
    } catch (NumberFormatException | ArithmeticException _) {
      return -1;
    }
  }

  private static SnapshotFiles read(Table table, Snapshot snapshot) {
    List<FileScanTask> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().useSnapshot(snapshot.snapshotId()).includeColumnStats().planFiles()) {
      tasks.forEach(files::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.sort(ORDER);
    return new SnapshotFiles(files, hasDeletes(table, snapshot));
  }

  /// Files in the order in which they were added, so that a plan is the same each time.
  public static final Comparator<FileScanTask> ORDER =
      Comparator.comparingLong(SnapshotFileCache::sequence)
          .thenComparing(task -> task.file().location());

  private static long sequence(FileScanTask task) {
    Long sequence = task.file().fileSequenceNumber();
    return sequence == null ? 0 : sequence;
  }

  /// A delete may concern a file that a scan prunes, but never answers a table wrongly: it is all
  /// or nothing, so that a query's being supported does not depend on its filter.
  public static boolean hasDeletes(Table table, Snapshot snapshot) {
    for (ManifestFile manifest : snapshot.deleteManifests(table.io())) {
      if (manifest.hasAddedFiles() || manifest.hasExistingFiles()) {
        return true;
      }
    }
    return false;
  }
}
