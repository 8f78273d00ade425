package io.frazil.engine.result;

import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.parquet.write.ParquetFileWriter;
import io.frazil.engine.parquet.write.ParquetWriteOptions;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.Batch;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// A Parquet file, which is written from front to back and so streams as well.
final class ParquetEncoder implements ResultEncoder {
  private static final int ROW_GROUP_BYTES = 32 << 20;

  private final StreamWriter object;
  private final ParquetFileWriter writer;

  ParquetEncoder(OutputStream out, Schema schema, MemoryPool memory) {
    this.object = new StreamWriter(out);
    this.writer =
        new ParquetFileWriter(
            object,
            schema,
            ParquetWriteOptions.DEFAULT.withRowGroups(1 << 20, ROW_GROUP_BYTES),
            memory);
  }

  @Override
  public void write(Batch batch) {
    writer.write(batch);
  }

  @Override
  public void finish() {
    writer.finish();
    object.commit();
  }

  @Override
  public void close() {
    writer.close();
  }

  /// A stream as the object that the file becomes.
  private static final class StreamWriter implements ObjectWriter {
    private final OutputStream out;
    private long position;

    StreamWriter(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      try {
        out.write(bytes, offset, length);
        position += length;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public long position() {
      return position;
    }

    @Override
    public boolean commit() {
      try {
        out.flush();
        return true;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close() {}
  }
}
