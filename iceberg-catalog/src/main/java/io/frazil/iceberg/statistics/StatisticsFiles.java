package io.frazil.iceberg.statistics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.datasketches.theta.CompactThetaSketch;
import org.apache.iceberg.GenericBlobMetadata;
import org.apache.iceberg.GenericStatisticsFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.StatisticsFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.puffin.Blob;
import org.apache.iceberg.puffin.BlobMetadata;
import org.apache.iceberg.puffin.Puffin;
import org.apache.iceberg.puffin.PuffinCompressionCodec;
import org.apache.iceberg.puffin.PuffinReader;
import org.apache.iceberg.puffin.PuffinWriter;
import org.apache.iceberg.puffin.StandardBlobTypes;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.util.Pair;
import org.apache.iceberg.util.SnapshotUtil;

/// Sketches in Puffin files, as Iceberg's specification has them.
public final class StatisticsFiles {
  private StatisticsFiles() {}

  /// Writes the sketches of a snapshot.
  ///
  /// @param fieldIds of the sketches' columns, in order
  public static StatisticsFile write(
      FileIO io, String location, Snapshot snapshot, List<Integer> fieldIds, TableSketches from) {
    try (PuffinWriter writer =
        Puffin.write(io.newOutputFile(location)).createdBy("Frazil").build()) {
      for (int i = 0; i < fieldIds.size(); i++) {
        writer.write(blob(snapshot, fieldIds.get(i), from.sketch(i), from.averageBytes(i)));
      }
      writer.finish();
      return new GenericStatisticsFile(
          snapshot.snapshotId(),
          location,
          writer.fileSize(),
          writer.footerSize(),
          GenericBlobMetadata.from(writer.writtenBlobsMetadata()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Blob blob(
      Snapshot snapshot, int fieldId, CompactThetaSketch sketch, double averageBytes) {
    Map<String, String> properties = new HashMap<>();
    properties.put(
        DistinctCounts.DISTINCT_PROPERTY, Long.toString(Math.round(sketch.getEstimate())));
    if (averageBytes > 0) {
      properties.put(DistinctCounts.AVERAGE_BYTES_PROPERTY, Double.toString(averageBytes));
    }
    return new Blob(
        StandardBlobTypes.APACHE_DATASKETCHES_THETA_V1,
        List.of(fieldId),
        snapshot.snapshotId(),
        snapshot.sequenceNumber(),
        ByteBuffer.wrap(sketch.toByteArray()),
        // Hashes don't compress.
        PuffinCompressionCodec.NONE,
        properties);
  }

  /// Adds the sketches of a table's present rows to those of new ones.
  ///
  /// @return whether the result describes all rows: a table without sketches, or with those of
  ///   narrower columns, doesn't get any by an append, as they would speak of the new rows alone
  public static boolean addPresent(Table table, List<Integer> fieldIds, TableSketches to) {
    Snapshot snapshot = table.currentSnapshot();
    if (snapshot == null) {
      return true;
    }
    Optional<StatisticsFile> file =
        DistinctCounts.file(table, snapshot)
            .filter(found -> found.snapshotId() == snapshot.snapshotId());
    long rows = SnapshotStatistics.summarized(snapshot, SnapshotSummary.TOTAL_RECORDS_PROP);
    return file.isPresent()
        && areHashedAlike(table, snapshot, fieldIds)
        && addAll(table.io(), file.get(), rows, fieldIds, to);
  }

  /// Sketches are of values' bytes, of which a number has others once its column is wider: it would
  /// be counted twice.
  private static boolean areHashedAlike(Table table, Snapshot snapshot, List<Integer> fieldIds) {
    Schema then = SnapshotUtil.schemaFor(table, snapshot.snapshotId());
    return fieldIds.stream()
        .allMatch(id -> {
          Type type = then.findType(id);
          return type != null && type.typeId() == table.schema().findType(id).typeId();
        });
  }

  private static boolean addAll(
      FileIO io, StatisticsFile file, long rows, List<Integer> fieldIds, TableSketches to) {
    DistinctCounts counts = DistinctCounts.of(Optional.of(file));
    Map<Integer, ByteBuffer> found = new HashMap<>();
    try (PuffinReader reader = Puffin.read(io.newInputFile(file.path())).build()) {
      for (Pair<BlobMetadata, ByteBuffer> blob : reader.readAll(thetas(reader))) {
        found.put(blob.first().inputFields().getFirst(), blob.second());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (int i = 0; i < fieldIds.size(); i++) {
      ByteBuffer buffer = found.get(fieldIds.get(i));
      if (buffer == null) {
        return false;
      }
      byte[] bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      double average = counts.averageBytes().getOrDefault(fieldIds.get(i), 0.0);
      to.add(i, bytes, average, rows);
    }
    return true;
  }

  private static List<BlobMetadata> thetas(PuffinReader reader) throws IOException {
    List<BlobMetadata> thetas = new ArrayList<>();
    for (BlobMetadata blob : reader.fileMetadata().blobs()) {
      if (blob.type().equals(StandardBlobTypes.APACHE_DATASKETCHES_THETA_V1)
          && blob.inputFields().size() == 1) {
        thetas.add(blob);
      }
    }
    return thetas;
  }
}
