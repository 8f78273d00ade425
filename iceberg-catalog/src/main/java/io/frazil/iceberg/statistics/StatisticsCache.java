package io.frazil.iceberg.statistics;

import io.frazil.engine.provider.TableStatistics;
import io.frazil.iceberg.scan.SnapshotFileCache;
import io.frazil.iceberg.type.TableColumns;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.Table;
import org.jspecify.annotations.Nullable;

/// Statistics by snapshot, which never change: reading a table's manifests takes longer than
/// planning a query over it. Safe for use by many threads.
public final class StatisticsCache {
  private static final int SNAPSHOTS_MAX = 256;

  private final SnapshotFileCache files;

  private final Map<Key, TableStatistics> entries =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, TableStatistics> eldest) {
          return size() > SNAPSHOTS_MAX;
        }
      };

  /// @param files read for statistics and for scans alike
  public StatisticsCache(SnapshotFileCache files) {
    this.files = files;
  }

  /// What the statistics depend on: a statistics file may be added to a snapshot later, and the
  /// same snapshot may be read with several schemas.
  private record Key(
      String tableId,
      @Nullable Long snapshot,
      @Nullable String distinctFile,
      TableColumns columns) {}

  /// The statistics of a snapshot of a table; null is the table without any.
  public TableStatistics statistics(
      Table table, @Nullable Snapshot snapshot, TableColumns columns) {
    Optional<StatisticsFile> distinct = DistinctCounts.file(table, snapshot);
    Key key =
        new Key(
            table.uuid().toString(),
            snapshot == null ? null : snapshot.snapshotId(),
            distinct.map(StatisticsFile::path).orElse(null),
            columns);
    synchronized (entries) {
      TableStatistics known = entries.get(key);
      if (known != null) {
        return known;
      }
    }
    TableStatistics read =
        SnapshotStatistics.read(table, snapshot, columns, DistinctCounts.of(distinct), files);
    synchronized (entries) {
      entries.put(key, read);
    }
    return read;
  }
}
