package io.frazil.iceberg.statistics;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.BlobMetadata;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.puffin.StandardBlobTypes;
import org.apache.iceberg.util.SnapshotUtil;
import org.jspecify.annotations.Nullable;

/// What the sketches of a statistics file say of each column, as its metadata repeats it: no blob
/// is read.
///
/// @param distinct the estimated number of different values, by field id
/// @param averageBytes of a value, by field id, where our own writer left it
record DistinctCounts(Map<Integer, Double> distinct, Map<Integer, Double> averageBytes) {
  /// The property of the format's specification that holds the number.
  static final String DISTINCT_PROPERTY = "ndv";

  /// Ours: how long text is on average.
  static final String AVERAGE_BYTES_PROPERTY = "frazil.average-bytes";

  /// The newest statistics file of the snapshot or of one before it.
  static Optional<StatisticsFile> file(Table table, @Nullable Snapshot snapshot) {
    if (snapshot == null || table.statisticsFiles().isEmpty()) {
      return Optional.empty();
    }
    Map<Long, StatisticsFile> bySnapshot = new HashMap<>();
    table.statisticsFiles().forEach(file -> bySnapshot.put(file.snapshotId(), file));
    for (Snapshot at : SnapshotUtil.ancestorsOf(snapshot.snapshotId(), table::snapshot)) {
      StatisticsFile file = bySnapshot.get(at.snapshotId());
      if (file != null) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  static DistinctCounts of(Optional<StatisticsFile> file) {
    var counts = new DistinctCounts(new HashMap<>(), new HashMap<>());
    file.ifPresent(f -> f.blobMetadata().forEach(counts::add));
    return counts;
  }

  private void add(BlobMetadata blob) {
    if (!blob.type().equals(StandardBlobTypes.APACHE_DATASKETCHES_THETA_V1)
        || blob.fields().size() != 1) {
      return;
    }
    put(distinct, blob, DISTINCT_PROPERTY);
    put(averageBytes, blob, AVERAGE_BYTES_PROPERTY);
  }

  private static void put(Map<Integer, Double> numbers, BlobMetadata blob, String property) {
    String text = blob.properties().get(property);
    try {
      if (text != null) {
        numbers.put(blob.fields().getFirst(), Double.valueOf(text));
      }
    } catch (NumberFormatException _) {
      // Another writer's property: as if it weren't there.
      return;
    }
  }
}
