package io.frazil.engine.store;

import java.io.OutputStream;

/// An [ObjectWriter] as a stream. Closing the stream does nothing: who made the writer commits and
/// closes it.
public final class ObjectOutput extends OutputStream {
  private final ObjectWriter writer;

  public ObjectOutput(ObjectWriter writer) {
    this.writer = writer;
  }

  @Override
  public void write(int value) {
    writer.write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    writer.write(bytes, offset, length);
  }

  @Override
  public void close() {}
}
