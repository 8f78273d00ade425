package io.frazil.iceberg.write;

import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.parquet.write.ParquetWriteOptions;
import io.frazil.engine.parquet.write.WrittenFile;
import io.frazil.engine.provider.AppendJournal;
import io.frazil.engine.store.ObjectStore;
import io.frazil.iceberg.type.TableColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.io.LocationProvider;
import org.apache.iceberg.types.Types.NestedField;

/// Where one append's data files go, and which there are so far. Safe for use by many threads.
final class DataFolder {
  private static final int ROW_GROUP_ROWS = 1 << 18;
  private static final long ROW_GROUP_BYTES = 64L << 20;

  private final ObjectStore store;
  private final LocationProvider locations;
  private final TableColumns columns;
  private final AppendJournal journal;
  private final ParquetWriteOptions options;
  private final MemoryPool memory = new MemoryPool(Long.MAX_VALUE);
  private final String id = UUID.randomUUID().toString();
  private final AtomicInteger writers = new AtomicInteger();
  private final List<DataFile> files = new ArrayList<>();

  DataFolder(
      ObjectStore store, LocationProvider locations, TableColumns columns, AppendJournal journal) {
    this.store = store;
    this.locations = locations;
    this.columns = columns;
    this.journal = journal;
    this.options =
        ParquetWriteOptions.DEFAULT
            .withFieldIds(columns.fields().stream().map(NestedField::fieldId).toList())
            .withRowGroups(ROW_GROUP_ROWS, ROW_GROUP_BYTES);
  }

  /// The number of one more writer.
  int nextWriter() {
    return writers.getAndIncrement();
  }

  /// Begins a file. Names sort by writer, as scans read the files, so that who writes ranges of
  /// values in order has them read in order.
  OpenDataFile begin(int writer, int number) {
    String name = "%05d-%03d-%s.parquet".formatted(writer, number, id);
    String location = locations.newDataLocation(name);
    journal.begins(location);
    return new OpenDataFile(store.create(location), location, columns.schema(), options, memory);
  }

  void add(String location, WrittenFile written) {
    DataFile file =
        DataFiles.builder(PartitionSpec.unpartitioned())
            .withPath(location)
            .withFormat(FileFormat.PARQUET)
            .withFileSizeInBytes(written.bytes())
            .withSplitOffsets(written.splitOffsets())
            .withMetrics(DataFileMetrics.of(written, columns.fields()))
            .build();
    synchronized (files) {
      files.add(file);
    }
  }

  /// The finished files, in the order of their names.
  List<DataFile> files() {
    synchronized (files) {
      return files.stream().sorted((a, b) -> a.location().compareTo(b.location())).toList();
    }
  }
}
