package io.frazil.engine.arrow;

import io.frazil.engine.store.ObjectReader;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/// A part of an object as the channel that Arrow reads from. Closing it closes the reader.
final class ObjectChannel implements SeekableByteChannel {
  private static final int CHUNK_BYTES = 1 << 20;

  private final ObjectReader reader;
  private final long start;
  private final long size;
  private byte[] chunk = {};
  private long position;
  private boolean open = true;

  ObjectChannel(ObjectReader reader, long start, long size) {
    this.reader = reader;
    this.start = start;
    this.size = size;
  }

  @Override
  public int read(ByteBuffer into) {
    int length = (int) Math.min(Math.min(CHUNK_BYTES, into.remaining()), size - position);
    if (length <= 0) {
      return into.hasRemaining() ? -1 : 0;
    }
    if (chunk.length < length) {
      chunk = new byte[length];
    }
    reader.read(start + position, chunk, 0, length);
    into.put(chunk, 0, length);
    position += length;
    return length;
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
    reader.close();
  }
}
