package io.frazil.engine.parquet.write;

import io.frazil.engine.store.ObjectWriter;
import java.io.OutputStream;

/// The file as a stream, for the metadata structures to write themselves to. Positions count from
/// where the Parquet file begins.
final class FileOutput extends OutputStream {
  private final ObjectWriter out;
  private final long start;

  FileOutput(ObjectWriter out) {
    this.out = out;
    this.start = out.position();
  }

  long position() {
    return out.position() - start;
  }

  @Override
  public void write(int value) {
    out.write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    out.write(bytes, offset, length);
  }
}
