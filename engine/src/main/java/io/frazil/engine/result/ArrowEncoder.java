package io.frazil.engine.result;

import io.frazil.engine.arrow.ArrowBatchWriter;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// An Arrow IPC stream.
final class ArrowEncoder implements ResultEncoder {
  private final OutputStream out;
  private final ArrowBatchWriter writer;

  ArrowEncoder(OutputStream out, Schema schema, MemoryPool memory) {
    this.out = out;
    this.writer = ArrowBatchWriter.stream(out, schema, memory);
  }

  @Override
  public void write(Batch batch) {
    writer.write(batch);
  }

  @Override
  public void finish() {
    writer.finish();
    try {
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    writer.close();
  }
}
