package io.frazil.engine.arrow;

import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.memory.Reservation;
import org.apache.arrow.memory.AllocationListener;
import org.apache.arrow.memory.AllocationOutcome;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/// An allocator of Arrow's whose every buffer is reserved in a [MemoryPool] first. One thread's.
/// Closing fails where a buffer is still held.
public final class ArrowMemory implements AutoCloseable {
  private final Reservation reservation;
  private final BufferAllocator allocator;

  /// @param owner for the message of the error at the limit
  public ArrowMemory(MemoryPool pool, String owner) {
    this.reservation = pool.reservation(owner);
    this.allocator = new RootAllocator(new Listener(reservation), Long.MAX_VALUE);
  }

  public BufferAllocator allocator() {
    return allocator;
  }

  @Override
  public void close() {
    try (reservation) {
      allocator.close();
    }
  }

  private record Listener(Reservation reservation) implements AllocationListener {
    @Override
    public void onPreAllocation(long size) {
      reservation.grow(size);
    }

    @Override
    public boolean onFailedAllocation(long size, AllocationOutcome outcome) {
      reservation.shrink(size);
      return false;
    }

    @Override
    public void onRelease(long size) {
      reservation.shrink(size);
    }
  }
}
