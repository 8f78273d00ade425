package io.frazil.engine.result;

import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import java.io.OutputStream;

/// Writes a result's batches to a stream, which stays the caller's: nothing here closes it. One
/// thread's.
///
/// What the stream throws comes out as [java.io.UncheckedIOException].
public interface ResultEncoder extends AutoCloseable {
  void write(Batch batch);

  /// Completes the result and flushes the stream.
  void finish();

  /// Releases what is held. Without [#finish] before, the result stays incomplete.
  @Override
  void close();

  static ResultEncoder open(
      ResultFormat format, OutputStream out, Schema schema, MemoryPool memory) {
    return switch (format) {
      case CSV -> new CsvEncoder(out, schema);
      case JSON -> JsonEncoder.array(out, schema);
      case NDJSON -> JsonEncoder.lines(out, schema);
      case ARROW -> new ArrowEncoder(out, schema, memory);
      case PARQUET -> new ParquetEncoder(out, schema, memory);
    };
  }

  /// Writes all of a result.
  ///
  /// @return how many rows
  static long encode(
      BatchReader result, Schema schema, ResultFormat format, OutputStream out, MemoryPool memory) {
    try (ResultEncoder encoder = open(format, out, schema, memory)) {
      long rows = 0;
      for (Batch batch = result.next(); batch != null; batch = result.next()) {
        encoder.write(batch);
        rows += batch.rows();
      }
      encoder.finish();
      return rows;
    }
  }
}
