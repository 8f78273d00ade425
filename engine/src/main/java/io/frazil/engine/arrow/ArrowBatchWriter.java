package io.frazil.engine.arrow;

import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/// Writes batches as an Arrow IPC stream or file. One thread's. The stream that it writes to stays
/// the caller's.
///
/// What the stream throws comes out as [UncheckedIOException].
public final class ArrowBatchWriter implements AutoCloseable {
  private final int[] scratch = new int[Batch.MAX_ROWS];
  private final Reservation reservation;
  private final BatchAppender rows;
  private final RecordBatchEncoder encoder;
  private final ArrowOutput output;
  private boolean started;
  private boolean closed;

  private ArrowBatchWriter(
      OutputStream out, Schema schema, MemoryPool pool, ArrowOutput.Form form) {
    this.reservation = pool.reservation("Arrow writer");
    this.rows = new BatchAppender(schema, reservation);
    this.encoder = new RecordBatchEncoder(PartialWriter.Compression.NONE, reservation);
    this.output = new ArrowOutput(out, schema, form);
  }

  /// A stream: read from front to back.
  public static ArrowBatchWriter stream(OutputStream out, Schema schema, MemoryPool pool) {
    return new ArrowBatchWriter(out, schema, pool, ArrowOutput.Form.STREAM);
  }

  /// A file: read at random, by the index at its end.
  public static ArrowBatchWriter file(OutputStream out, Schema schema, MemoryPool pool) {
    return new ArrowBatchWriter(out, schema, pool, ArrowOutput.Form.FILE);
  }

  public void write(Batch batch) {
    try {
      start();
      if (batch.rows() > 0) {
        rows.append(batch, 0, batch.rows(), scratch);
        encoder.encode(rows);
        output.add(encoder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Completes what was written, with or without rows.
  public void finish() {
    try {
      start();
      output.finish(Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Releases all memory. Without [#finish] before, what was written stays incomplete.
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      encoder.close();
      reservation.close();
    }
  }

  private void start() throws IOException {
    if (!started) {
      started = true;
      output.start();
    }
  }
}
