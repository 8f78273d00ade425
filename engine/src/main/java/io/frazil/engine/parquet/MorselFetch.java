package io.frazil.engine.parquet;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.parquet.decode.ChunkRange;
import io.frazil.engine.task.Cancellation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The bytes of a morsel on their way. Holds their memory, and the morsel's file open, until
/// closed. One driver's; a thread of its own reads.
///
/// Only stopping the query aborts a read: it interrupts, and that may close the file under its
/// other readers.
final class MorselFetch implements AutoCloseable {
  private final Morsel morsel;
  private final ChunkFetch chunks;
  private final Reservation reservation;
  private final Cancellation cancellation;
  private @Nullable Reading reading;
  private boolean closed;

  /// A read that has begun; what became of it may be looked at once the thread has ended.
  static final class Reading {
    private final Thread thread;
    private final Cancellation.Hook abort;
    private @Nullable Map<Integer, List<ChunkRange>> result;
    private @Nullable Throwable failure;

    Reading(ChunkFetch chunks, ParquetFile file, Cancellation cancellation) {
      this.thread = Thread.ofVirtual().name("parquet-read").unstarted(() -> read(chunks, file));
      thread.start();
      this.abort = cancellation.onStop(thread::interrupt);
    }

    private void read(ChunkFetch chunks, ParquetFile file) {
      try {
        result = chunks.read(file);
      } catch (RuntimeException | Error e) {
        failure = e;
      }
    }
  }

  MorselFetch(
      Morsel morsel, ChunkFetch chunks, Reservation reservation, Cancellation cancellation) {
    this.morsel = morsel;
    this.chunks = chunks;
    this.reservation = reservation;
    this.cancellation = cancellation;
  }

  Morsel morsel() {
    return morsel;
  }

  /// Begins to read, if that wasn't done.
  ///
  /// @throws FrazilException MEMORY_LIMIT
  Reading startNow() {
    Reading begun = reading;
    if (begun == null) {
      reservation.grow(chunks.bytes());
      begun = start();
    }
    return begun;
  }

  /// Begins to read ahead, if there is memory for it.
  void startIfRoom() {
    if (reading == null && reservation.tryGrow(chunks.bytes())) {
      start();
    }
  }

  private Reading start() {
    var started = new Reading(chunks, morsel.group().file().file(), cancellation);
    reading = started;
    return started;
  }

  /// What was read, by the scan's columns.
  Map<Integer, List<ChunkRange>> await() {
    Reading started = startNow();
    try {
      started.thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FrazilException(ErrorCode.CANCELLED, "The query was interrupted", e);
    }
    cancellation.check();
    Map<Integer, List<ChunkRange>> result = started.result;
    if (result != null) {
      return result;
    }
    throw started.failure instanceof FrazilException known
        ? known
        : new FrazilException(
            ErrorCode.INTERNAL,
            "reading '%s' failed".formatted(morsel.group().file().file().location()),
            started.failure);
  }

  /// Waits for what is being read, as nobody else knows of it, and gives everything back.
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      if (reading != null) {
        awaitEnd(reading.thread);
        reading.abort.close();
      }
    } finally {
      reservation.close();
      morsel.group().file().release();
    }
  }

  private static void awaitEnd(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
