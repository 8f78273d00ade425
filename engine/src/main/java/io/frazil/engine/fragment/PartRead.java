package io.frazil.engine.fragment;

import io.frazil.engine.arrow.PartialManifest;
import io.frazil.engine.memory.Reservation;
import io.frazil.engine.store.ObjectReader;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// One partition of a partial as a channel of bytes: one driver's once it was taken.
final class PartRead implements ReadableByteChannel {
  /// What a request asks for: much, as each may go over a network.
  private static final int CHUNK_BYTES = 4 << 20;

  private final PartialReads reads;
  private final PartialInput input;
  private final long length;
  private final long end;
  private final Reservation reservation;

  // Guarded by the reads.
  private final Deque<Chunk> chunks = new ArrayDeque<>(1);
  private long next;

  /// Set before it is taken, or by who took it.
  private boolean elsewhere;

  // Guarded by this.
  private @Nullable ObjectReader object;
  private boolean closed;

  // The driver's.
  private @Nullable Chunk current;
  private byte[] buffer = {};
  private int position;
  private int limit;

  PartRead(PartialReads reads, PartialReads.Part part) {
    this.reads = reads;
    this.input = part.input();
    this.next = part.range().offset();
    this.length = part.range().length();
    this.end = next + length;
    this.reservation = reads.memory().reservation("partial reader");
  }

  String location() {
    return input.manifest().location();
  }

  /// In bytes.
  long length() {
    return length;
  }

  /// Reads the object: opened when it is first asked for.
  synchronized ObjectReader object() {
    if (object == null) {
      PartialManifest manifest = input.manifest();
      object =
          input instanceof PartialInput.Inline inline
              ? InlineStore.of(manifest.location(), inline.object()).open(manifest.location())
              : reads.store().open(manifest.location(), manifest.bytes());
    }
    return object;
  }

  Deque<Chunk> chunks() {
    return chunks;
  }

  boolean hasMore() {
    return next < end;
  }

  int nextLength() {
    return (int) Math.min(CHUNK_BYTES, end - next);
  }

  /// From now on all of it is read by chunks.
  Chunk nextChunk() {
    elsewhere = true;
    var chunk = new Chunk(next, nextLength());
    next += chunk.length();
    return chunk;
  }

  /// Whether it is read over a network, as far as is known.
  boolean isElsewhere() {
    return elsewhere;
  }

  /// The first chunk is the driver's from now on.
  void begin(Chunk chunk) {
    chunks.remove(chunk);
    current = chunk;
  }

  void abort() {
    chunks.forEach(Chunk::abort);
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
    boolean byChunks = elsewhere || object().parallelReads() > 1;
    return byChunks ? takeChunk() : readHere();
  }

  private boolean takeChunk() {
    giveBack();
    Chunk chunk = reads.await(this);
    if (chunk == null) {
      return false;
    }
    buffer = chunk.bytes();
    position = 0;
    limit = chunk.length();
    return true;
  }

  private void giveBack() {
    Chunk read = current;
    if (read != null) {
      current = null;
      buffer = new byte[0];
      reads.release(read);
    }
  }

  private boolean readHere() {
    if (!hasMore()) {
      return false;
    }
    int length = nextLength();
    if (reservation.bytes() == 0) {
      // The first request is the largest.
      reservation.grow(length);
      buffer = new byte[length];
    }
    object().read(next, buffer, 0, length);
    next += length;
    position = 0;
    limit = length;
    return true;
  }

  @Override
  public synchronized boolean isOpen() {
    return !closed;
  }

  @Override
  public void close() {
    if (isOpen()) {
      giveBack();
      reads.end(this);
      reservation.close();
      closeObject();
    }
  }

  private synchronized void closeObject() {
    closed = true;
    if (object != null) {
      object.close();
    }
  }
}
