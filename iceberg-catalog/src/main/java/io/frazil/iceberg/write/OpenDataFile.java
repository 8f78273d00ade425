package io.frazil.iceberg.write;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.parquet.write.ParquetFileWriter;
import io.frazil.engine.parquet.write.ParquetWriteOptions;
import io.frazil.engine.parquet.write.WrittenFile;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;

/// A data file that is being written. Closing before [#finish] leaves nothing.
final class OpenDataFile implements AutoCloseable {
  private final ObjectWriter object;
  private final String location;
  private final ParquetFileWriter parquet;

  OpenDataFile(
      ObjectWriter object,
      String location,
      Schema schema,
      ParquetWriteOptions options,
      MemoryPool memory) {
    this.object = object;
    this.location = location;
    this.parquet = new ParquetFileWriter(object, schema, options, memory);
  }

  String location() {
    return location;
  }

  void write(Batch batch) {
    parquet.write(batch);
  }

  /// How large the file would be now, about.
  long bytes() {
    return parquet.bytes();
  }

  /// Makes the file exist.
  WrittenFile finish() {
    WrittenFile written = parquet.finish();
    if (!object.commit()) {
      throw new FrazilException(
          ErrorCode.CONFLICT, "'" + location + "' was written by somebody else at the same time");
    }
    return written;
  }

  @Override
  public void close() {
    try (object) {
      parquet.close();
    }
  }
}
