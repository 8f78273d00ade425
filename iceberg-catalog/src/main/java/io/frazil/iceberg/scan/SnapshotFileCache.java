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
import org.apache.iceberg.TableScan;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types.StructType;

/// The files of snapshots of middling size, which never change: opening and decoding their
/// manifests takes a small query longer than all its other planning. Safe for use by many threads.
///
/// A snapshot's files are as the schema has them that its manifests are read with: it gives
/// partitions their types, and the columns that they are of their names. A table's schema changes
/// without a snapshot, so they are kept by both.
public final class SnapshotFileCache {
  /// What is kept of all snapshots, and of one, in columns of files: each has counts and bounds,
  /// some 200 bytes.
  private static final long CELLS_MAX = 400_000;

  private static final long SNAPSHOT_CELLS_MAX = 200_000;

  private final LinkedHashMap<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long cells;

  private record Key(String tableId, long snapshot, StructType schema) {}

  private record Entry(SnapshotFiles files, long cells) {}

  /// What reads a snapshot, which has a schema of its own: for the current one the table's, which
  /// naming it would not choose, for others theirs.
  public static TableScan scanOf(Table table, Snapshot snapshot) {
    Snapshot current = table.currentSnapshot();
    return current != null && current.snapshotId() == snapshot.snapshotId()
        ? table.newScan()
        : table.newScan().useSnapshot(snapshot.snapshotId());
  }

  /// The files of a snapshot, with the schema of [#scanOf]; empty where they are too many to be
  /// kept, or nobody says how many.
  public Optional<SnapshotFiles> files(Table table, Snapshot snapshot) {
    TableScan scan = scanOf(table, snapshot);
    var key = new Key(table.uuid().toString(), snapshot.snapshotId(), scan.schema().asStruct());
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
    var files = new SnapshotFiles(read(scan), hasDeletes(table, snapshot));
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

  private static List<FileScanTask> read(TableScan scan) {
    List<FileScanTask> files = new ArrayList<>();
    try (CloseableIterable<FileScanTask> tasks = scan.includeColumnStats().planFiles()) {
      tasks.forEach(files::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    files.sort(ORDER);
    return files;
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
