package io.frazil.engine.exec;

import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.task.Cancellation;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Between a task's drivers and whoever reads its result: a few batches, copied and reserved. A
/// driver that finds it full waits, which is the only place where drivers do.
///
/// Batches of one driver come out in its order.
final class ResultQueue implements Sink, BatchReader {
  private record Entry(Batch batch, long bytes) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Cancellation cancellation;
  private final Cancellation.Hook wakeUp;
  private final int capacity;

  // All below is guarded by the lock.
  private final Reservation reservation;
  private final Queue<Entry> queue = new ArrayDeque<>();
  private int admitted;
  private long readerBytes;
  private boolean complete;

  ResultQueue(MemoryPool memory, Cancellation cancellation, int capacity) {
    this.reservation = memory.reservation("the result");
    this.cancellation = cancellation;
    this.capacity = capacity;
    this.wakeUp = cancellation.onStop(this::signal);
  }

  @Override
  public Driver open() {
    return new Driver() {
      @Override
      public boolean accept(Batch batch) {
        put(batch);
        return true;
      }

      @Override
      public void finish() {
        // Everything is in the queue.
      }

      @Override
      public void close() {
        // Everything is the queue's.
      }
    };
  }

  @Override
  public void combine(Workers workers) {
    lock.lock();
    try {
      complete = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public @Nullable Batch next() {
    lock.lock();
    try {
      reservation.shrink(readerBytes);
      readerBytes = 0;
      changed.signalAll();
      while (true) {
        cancellation.check();
        Entry entry = queue.poll();
        if (entry != null) {
          admitted--;
          readerBytes = entry.bytes;
          changed.signalAll();
          return entry.batch;
        }
        if (complete) {
          return null;
        }
        changed.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    wakeUp.close();
    lock.lock();
    try {
      queue.clear();
      readerBytes = 0;
      reservation.close();
    } finally {
      lock.unlock();
    }
  }

  private void put(Batch batch) {
    long bytes = BatchCopy.bytes(batch);
    admit(bytes);
    Batch copy = BatchCopy.of(batch);
    lock.lock();
    try {
      queue.add(new Entry(copy, bytes));
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits for room. Where memory is short, waits for the reader to give some back, and fails once
  /// there is nothing of its to wait for.
  private void admit(long bytes) {
    lock.lock();
    try {
      cancellation.check();
      while (admitted >= capacity || !reservation.tryGrow(bytes)) {
        if (admitted == 0 && readerBytes == 0) {
          reservation.grow(bytes);
          break;
        }
        changed.awaitUninterruptibly();
        cancellation.check();
      }
      admitted++;
    } finally {
      lock.unlock();
    }
  }

  private void signal() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
