package io.frazil.engine.arrow;

import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.ArrowWriter;

/// Writes batches as an Arrow IPC stream or file. One thread's. The stream that it writes to stays
/// the caller's.
///
/// What the stream throws comes out as [UncheckedIOException].
public final class ArrowBatchWriter implements AutoCloseable {
  private final ArrowMemory memory;
  private final ArrowExport export;
  private final VectorSchemaRoot root;
  private final ArrowWriter writer;
  private boolean started;
  private boolean closed;

  private ArrowBatchWriter(OutputStream out, Schema schema, MemoryPool pool, Form form) {
    this.memory = new ArrowMemory(pool, "Arrow writer");
    this.export = new ArrowExport(schema);
    this.root = export.newRoot(memory.allocator());
    var channel = new StreamChannel(out);
    this.writer =
        switch (form) {
          case STREAM -> new ArrowStreamWriter(root, null, channel);
          case FILE -> new ArrowFileWriter(root, null, channel);
        };
  }

  private enum Form {
    STREAM,
    FILE
  }

  /// A stream: read from front to back.
  public static ArrowBatchWriter stream(OutputStream out, Schema schema, MemoryPool pool) {
    return new ArrowBatchWriter(out, schema, pool, Form.STREAM);
  }

  /// A file: read at random, by the index at its end.
  public static ArrowBatchWriter file(OutputStream out, Schema schema, MemoryPool pool) {
    return new ArrowBatchWriter(out, schema, pool, Form.FILE);
  }

  public void write(Batch batch) {
    try {
      start();
      if (batch.rows() > 0) {
        export.write(batch, root);
        writer.writeBatch();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Completes what was written, with or without rows.
  public void finish() {
    try {
      start();
      writer.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Releases all memory. Without [#finish] before, what was written stays incomplete.
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      root.close();
      memory.close();
    }
  }

  private void start() throws IOException {
    if (!started) {
      started = true;
      writer.start();
    }
  }
}
