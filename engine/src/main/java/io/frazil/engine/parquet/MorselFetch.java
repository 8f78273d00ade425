package io.frazil.engine.parquet;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.parquet.decode.ChunkRange;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// The bytes of a morsel on their way. Holds their memory, and the morsel's file open, until
/// closed. One driver's.
final class MorselFetch implements AutoCloseable {
  private final Morsel morsel;
  private final ChunkFetch chunks;
  private final Reservation reservation;
  private final ExecutorService readers;
  private @Nullable Future<Map<Integer, List<ChunkRange>>> reading;
  private boolean closed;

  MorselFetch(Morsel morsel, ChunkFetch chunks, Reservation reservation, ExecutorService readers) {
    this.morsel = morsel;
    this.chunks = chunks;
    this.reservation = reservation;
    this.readers = readers;
  }

  Morsel morsel() {
    return morsel;
  }

  /// Begins to read, if that wasn't done.
  ///
  /// @throws FrazilException MEMORY_LIMIT
  void startNow() {
    if (reading == null) {
      reservation.grow(chunks.bytes());
      start();
    }
  }

  /// Begins to read ahead, if there is memory for it.
  void startIfRoom() {
    if (reading == null && reservation.tryGrow(chunks.bytes())) {
      start();
    }
  }

  private void start() {
    reading = readers.submit(() -> chunks.read(morsel.file().file()));
  }

  /// What was read, by the scan's columns.
  Map<Integer, List<ChunkRange>> await() {
    startNow();
    Future<Map<Integer, List<ChunkRange>>> started = reading;
    if (started == null) {
      throw new IllegalStateException("reading has begun");
    }
    try {
      return started.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof FrazilException known
          ? known
          : new FrazilException(
              ErrorCode.INTERNAL,
              "reading '%s' failed".formatted(morsel.file().file().location()),
              e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FrazilException(ErrorCode.CANCELLED, "The query was interrupted", e);
    }
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
        awaitEnd(reading);
      }
    } finally {
      reservation.close();
      morsel.file().release();
    }
  }

  private static void awaitEnd(Future<?> reading) {
    try {
      reading.get();
    } catch (ExecutionException e) {
      // Whoever wanted it was told by await; the others don't want it any more.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
