package io.frazil.engine.arrow;

import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.store.ObjectReader;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/// A few bytes of one's own and then a range of an object, as one channel. The range is read in
/// large requests, as each may go over a network. Closing closes the object's reader.
final class PartitionChannel implements ReadableByteChannel {
  private static final int REQUEST_BYTES = 4 << 20;

  private final ObjectReader object;
  private final Reservation reservation;
  private byte[] buffer;
  private int position;
  private int limit;
  private long next;
  private long rest;
  private boolean open = true;

  PartitionChannel(
      byte[] prologue, ObjectReader object, long offset, long length, MemoryPool pool) {
    this.object = object;
    this.reservation = pool.reservation("partial reader");
    this.buffer = prologue;
    this.limit = prologue.length;
    this.next = offset;
    this.rest = length;
  }

  @Override
  public int read(ByteBuffer into) {
    int wanted = into.remaining();
    while (into.hasRemaining()) {
      if (position == limit && !fill()) {
        break;
      }
      int count = Math.min(into.remaining(), limit - position);
      into.put(buffer, position, count);
      position += count;
    }
    int read = wanted - into.remaining();
    return read == 0 && wanted > 0 ? -1 : read;
  }

  private boolean fill() {
    if (rest == 0) {
      return false;
    }
    int length = (int) Math.min(REQUEST_BYTES, rest);
    if (reservation.bytes() == 0) {
      // The first request is the largest.
      reservation.grow(length);
      buffer = new byte[length];
    }
    object.read(next, buffer, 0, length);
    next += length;
    rest -= length;
    position = 0;
    limit = length;
    return true;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() {
    open = false;
    reservation.close();
    object.close();
  }
}
