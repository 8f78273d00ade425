package io.frazil.iceberg.store;

import io.frazil.engine.store.ObjectReader;
import org.apache.iceberg.io.RangeReadable;
import org.apache.iceberg.io.SeekableInputStream;

/// Reads an object front to back or by ranges, a buffer at a time.
final class StoreInputStream extends SeekableInputStream implements RangeReadable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final ObjectReader reader;
  private final long size;
  private final byte[] buffer;
  private long bufferStart;
  private int buffered;
  private long position;

  StoreInputStream(ObjectReader reader) {
    this.reader = reader;
    this.size = reader.info().size();
    this.buffer = new byte[(int) Math.min(BUFFER_BYTES, size)];
  }

  @Override
  public long getPos() {
    return position;
  }

  @Override
  public void seek(long newPosition) {
    position = newPosition;
  }

  @Override
  public int read() {
    if (!fill()) {
      return -1;
    }
    return buffer[(int) (position++ - bufferStart)] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int start = (int) (position - bufferStart);
    int copied = Math.min(length, buffered - start);
    System.arraycopy(buffer, start, into, offset, copied);
    position += copied;
    return copied;
  }

  @Override
  public void readFully(long from, byte[] into, int offset, int length) {
    reader.read(from, into, offset, length);
  }

  @Override
  public int readTail(byte[] into, int offset, int length) {
    int tail = (int) Math.min(length, size);
    reader.read(size - tail, into, offset, tail);
    return tail;
  }

  /// Makes the buffer hold the byte at `position`; false at the end.
  private boolean fill() {
    if (position >= size) {
      return false;
    }
    if (position < bufferStart || position >= bufferStart + buffered) {
      buffered = (int) Math.min(buffer.length, size - position);
      bufferStart = position;
      reader.read(position, buffer, 0, buffered);
    }
    return true;
  }

  @Override
  public void close() {
    reader.close();
  }
}
