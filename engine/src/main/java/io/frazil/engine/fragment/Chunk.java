package io.frazil.engine.fragment;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import org.jspecify.annotations.Nullable;

/// Some bytes of a partition on their way. Guarded by its [PartialReads], but for what the reading
/// thread leaves, which is looked at once it has ended.
final class Chunk {
  private final long position;
  private final int length;
  private byte[] bytes = {};
  private @Nullable Throwable failure;
  private @Nullable Thread thread;
  private boolean ended;

  Chunk(long position, int length) {
    this.position = position;
    this.length = length;
  }

  int length() {
    return length;
  }

  /// What was read.
  byte[] bytes() {
    return bytes;
  }

  void start(Runnable read) {
    thread = Thread.ofVirtual().name("partial-read").start(read);
  }

  /// On a thread of its own: an interrupt ends it.
  void read(PartRead part) {
    try {
      byte[] into = new byte[length];
      part.object().read(position, into, 0, length);
      bytes = into;
    } catch (RuntimeException | Error e) {
      failure = e;
    }
  }

  void abort() {
    if (thread != null && !ended) {
      thread.interrupt();
    }
  }

  void end() {
    ended = true;
  }

  boolean hasEnded() {
    return ended;
  }

  boolean hasFailed() {
    return failure != null;
  }

  /// @throws FrazilException what it failed with, if it did
  void check() {
    switch (failure) {
      case null -> {}
      case FrazilException known -> throw known;
      case Error error -> throw error;
      case Throwable other ->
          throw new FrazilException(ErrorCode.INTERNAL, "reading a partial failed", other);
    }
  }
}
