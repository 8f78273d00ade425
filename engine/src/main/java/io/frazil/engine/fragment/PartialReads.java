package io.frazil.engine.fragment;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.task.Cancellation;
import io.frazil.engine.task.TaskContext;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The bytes of many partitions of partials, for all drivers of a task:
///
/// ```
///   decoded    │ on their way            │ not asked for
///   [a] [b]    │ [b] [b]   [c] [d] [e]   │ [f] [g] ...
/// ```
///
/// While drivers decode some, what follows is read, several ranges at a time: each request to a
/// network takes its time, however little it asks for, and a task may read of hundreds of
/// producers. Read ahead is no more than an eighth of the memory that is free; where that is
/// nothing, each driver reads what it needs and nothing else. A store that is this machine's is
/// read by the drivers themselves.
final class PartialReads implements AutoCloseable {
  private static final int READS_MAX = 16;

  /// Of partitions that no driver has taken.
  private static final int BEGUN_MAX = 16;

  /// Of one partition whose decoding has begun.
  private static final int CHUNKS_AHEAD = 4;

  private static final long AHEAD_BYTES_MAX = 64L << 20;
  private static final int FREE_SHARE = 8;

  private final List<Part> parts;
  private final ObjectStore store;
  private final MemoryPool memory;
  private final Cancellation cancellation;
  private final Cancellation.Hook abort;

  // All below is guarded by this.
  private final Reservation reservation;
  private final Deque<PartRead> begun = new ArrayDeque<>();
  private final List<PartRead> taken = new ArrayList<>();
  private int next;
  private int reading;
  private boolean stopped;

  /// A partition of a partial.
  record Part(PartialInput input, PartialManifest.Range range) {}

  /// @param parts which of them are not empty
  /// @param store where those lie that are stored
  PartialReads(List<Part> parts, ObjectStore store, TaskContext context) {
    var stored = new ArrayList<Part>();
    var inline = new ArrayList<Part>();
    for (Part part : parts) {
      (part.input instanceof PartialInput.Inline ? inline : stored).add(part);
    }
    // What is here already needs no reading ahead.
    stored.addAll(inline);
    this.parts = stored;
    this.store = store;
    this.memory = context.memory();
    this.cancellation = context.cancellation();
    this.reservation = memory.reservation("partial reader");
    this.abort = cancellation.onStop(this::stop);
  }

  ObjectStore store() {
    return store;
  }

  MemoryPool memory() {
    return memory;
  }

  /// The next partition for a driver, which closes it; null where all were taken.
  synchronized @Nullable PartRead take() {
    PartRead part = begun.poll();
    if (part == null) {
      part = next < parts.size() ? new PartRead(this, parts.get(next++)) : null;
    }
    if (part != null) {
      taken.add(part);
    }
    return part;
  }

  /// What comes next of a partition, of a store elsewhere; null at its end. Whoever has read it
  /// gives it back by [#release].
  @Nullable Chunk await(PartRead part) {
    Chunk chunk = first(part);
    if (chunk != null) {
      cancellation.check();
      chunk.check();
    }
    return chunk;
  }

  private synchronized @Nullable Chunk first(PartRead part) {
    if (part.chunks().isEmpty()) {
      if (!part.hasMore()) {
        return null;
      }
      cancellation.check();
      reservation.grow(part.nextLength());
      start(part);
    }
    readAhead();
    Chunk chunk = part.chunks().element();
    awaitEnd(chunk);
    part.begin(chunk);
    return chunk;
  }

  /// Gives back what was read of a partition, to read on.
  synchronized void release(Chunk chunk) {
    reservation.shrink(chunk.length());
    readAhead();
  }

  /// Gives up the rest of a partition.
  synchronized void end(PartRead part) {
    for (Chunk chunk : part.chunks()) {
      chunk.abort();
    }
    for (Chunk chunk : part.chunks()) {
      awaitEnd(chunk);
      reservation.shrink(chunk.length());
    }
    part.chunks().clear();
    taken.remove(part);
  }

  /// Aborts what is being read: nothing more is wanted.
  private synchronized void stop() {
    stopped = true;
    taken.forEach(PartRead::abort);
    begun.forEach(PartRead::abort);
  }

  /// Waits for what is being read, as nobody else knows of it. Called once the drivers are done.
  @Override
  public void close() {
    abort.close();
    stop();
    var left = new ArrayList<PartRead>();
    synchronized (this) {
      left.addAll(taken);
      left.addAll(begun);
      begun.clear();
      next = parts.size();
    }
    left.forEach(PartRead::close);
    synchronized (this) {
      reservation.close();
    }
  }

  private void readAhead() {
    while (reading < READS_MAX && !stopped) {
      PartRead part = mostUrgent();
      if (part == null || !hasRoom(part.nextLength())) {
        return;
      }
      start(part);
    }
  }

  /// Of what is being decoded the rest, of what follows the beginning.
  private @Nullable PartRead mostUrgent() {
    for (PartRead part : taken) {
      if (part.isElsewhere() && part.hasMore() && part.chunks().size() < CHUNKS_AHEAD) {
        return part;
      }
    }
    PartRead last = begun.peekLast();
    if (last != null && last.chunks().isEmpty()) {
      return last;
    }
    if (next == parts.size()
        || begun.size() == BEGUN_MAX
        || parts.get(next).input instanceof PartialInput.Inline) {
      return null;
    }
    begun.add(new PartRead(this, parts.get(next++)));
    return begun.peekLast();
  }

  private boolean hasRoom(int length) {
    long held = reservation.bytes();
    long most = Math.min(AHEAD_BYTES_MAX, (memory.available() + held) / FREE_SHARE);
    return held + length <= most && reservation.tryGrow(length);
  }

  /// Begins to read a chunk whose memory is reserved.
  private void start(PartRead part) {
    Chunk chunk = part.nextChunk();
    part.chunks().add(chunk);
    reading++;
    chunk.start(() -> read(part, chunk));
  }

  private void read(PartRead part, Chunk chunk) {
    try {
      chunk.read(part);
    } finally {
      ended(chunk);
    }
  }

  private synchronized void ended(Chunk chunk) {
    reading--;
    chunk.end();
    stopped |= chunk.hasFailed();
    readAhead();
    notifyAll();
  }

  /// Stopping ends what is waited for, an interrupt of this thread does not.
  private void awaitEnd(Chunk chunk) {
    boolean interrupted = false;
    while (!chunk.hasEnded()) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
