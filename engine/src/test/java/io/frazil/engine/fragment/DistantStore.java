package io.frazil.engine.fragment;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.store.ObjectWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/// A store whose reads are worth making several at a time. Counts them; reading can be made to wait
/// or to fail.
final class DistantStore implements ObjectStore {
  final AtomicInteger open = new AtomicInteger();
  final AtomicInteger reads = new AtomicInteger();

  /// Reads under way, and the most there were.
  final AtomicInteger reading = new AtomicInteger();

  final AtomicInteger most = new AtomicInteger();

  /// Who read.
  final Set<Thread> readers = ConcurrentHashMap.newKeySet();

  /// Reads that may pass, and those that wait.
  final Semaphore passes = new Semaphore(Integer.MAX_VALUE);

  volatile CountDownLatch waiting = new CountDownLatch(1);

  volatile int parallelReads = 8;

  /// Whose reads fail.
  volatile String broken = "none";

  private final ObjectStore behind;

  DistantStore(ObjectStore behind) {
    this.behind = behind;
  }

  /// From now on reads wait.
  void hold() {
    passes.drainPermits();
  }

  @Override
  public ObjectInfo head(String location) {
    return behind.head(location);
  }

  @Override
  public ObjectReader open(String location) {
    ObjectReader reader = behind.open(location);
    open.incrementAndGet();
    return new Reader(reader);
  }

  @Override
  public ObjectWriter create(String location) {
    return behind.create(location);
  }

  @Override
  public List<ObjectInfo> list(String prefix) {
    return behind.list(prefix);
  }

  @Override
  public void delete(String location) {
    behind.delete(location);
  }

  private final class Reader implements ObjectReader {
    private final ObjectReader reader;

    Reader(ObjectReader reader) {
      this.reader = reader;
    }

    @Override
    public ObjectInfo info() {
      return reader.info();
    }

    @Override
    public void read(long position, byte[] into, int offset, int length) {
      reads.incrementAndGet();
      readers.add(Thread.currentThread());
      most.accumulateAndGet(reading.incrementAndGet(), Math::max);
      try {
        waiting.countDown();
        passes.acquire();
        if (info().location().endsWith(broken)) {
          throw new FrazilException(ErrorCode.STORE_UNAVAILABLE, "the wire is cut");
        }
        reader.read(position, into, offset, length);
      } catch (InterruptedException e) {
        throw new FrazilException(ErrorCode.CANCELLED, "the read was aborted", e);
      } finally {
        reading.decrementAndGet();
      }
    }

    @Override
    public int parallelReads() {
      return parallelReads;
    }

    @Override
    public void close() {
      open.decrementAndGet();
      reader.close();
    }
  }
}
