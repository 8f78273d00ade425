package io.frazil.engine.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Reads of one file, several at a time. All have ended when it returns or throws; an interrupt
/// aborts them all.
final class ParallelReads {
  private final ParquetFile file;
  private final List<Part> parts;
  private final AtomicInteger next = new AtomicInteger();
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  /// One read.
  record Part(long position, byte[] into, int offset, int length) {}

  private ParallelReads(ParquetFile file, List<Part> parts) {
    this.file = file;
    this.parts = parts;
  }

  /// @param parallel how many at a time, the calling thread's own among them
  static void run(ParquetFile file, List<Part> parts, int parallel) {
    var reads = new ParallelReads(file, parts);
    List<Thread> helpers = new ArrayList<>();
    for (int i = Math.min(parallel, parts.size()); i > 1; i--) {
      helpers.add(Thread.ofVirtual().name("parquet-read-part").start(reads::work));
    }
    reads.work();
    reads.join(helpers);
    switch (reads.failure.get()) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  private void work() {
    try {
      int index = next.getAndIncrement();
      while (index < parts.size() && failure.get() == null) {
        Part part = parts.get(index);
        file.read(part.position(), part.into(), part.offset(), part.length());
        index = next.getAndIncrement();
      }
    } catch (RuntimeException | Error e) {
      boolean _ = failure.compareAndSet(null, e);
    }
  }

  private void join(List<Thread> helpers) {
    boolean interrupted = Thread.currentThread().isInterrupted();
    for (Thread helper : helpers) {
      while (helper.isAlive()) {
        if (interrupted || failure.get() != null) {
          helpers.forEach(Thread::interrupt);
        }
        try {
          helper.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
