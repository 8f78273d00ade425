package io.frazil.engine.parquet;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectReader;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.store.ObjectWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Objects in memory, and how much was read of them. Reading can be made to hang or to fail.
final class MemoryStore implements ObjectStore {
  final AtomicLong bytesRead = new AtomicLong();
  final AtomicInteger open = new AtomicInteger();
  final AtomicInteger reading = new AtomicInteger();
  final AtomicInteger reads = new AtomicInteger();
  int parallelReads = 1;
  private final CountDownLatch hanging = new CountDownLatch(1);
  private volatile boolean hangs;
  private volatile boolean fails;
  private final Map<String, byte[]> objects = new TreeMap<>();
  private final Map<String, Integer> versions = new TreeMap<>();

  void put(String location, byte[] bytes) {
    objects.put(location, bytes);
    versions.merge(location, 1, Integer::sum);
  }

  /// From now on what reads waits until it is interrupted.
  void hang() {
    hangs = true;
  }

  /// Waits until something hangs.
  void awaitReading() {
    try {
      hanging.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /// From now on what reads fails.
  void fail() {
    fails = true;
  }

  private void misbehave(String location) {
    if (fails) {
      throw new FrazilException(
          ErrorCode.STORE_UNAVAILABLE, "'" + location + "' cannot be read: the wire is cut");
    }
    if (!hangs) {
      return;
    }
    reading.incrementAndGet();
    hanging.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new FrazilException(ErrorCode.CANCELLED, "'" + location + "' was closed", e);
    } finally {
      reading.decrementAndGet();
    }
  }

  byte[] bytes(String location) {
    byte[] bytes = objects.get(location);
    if (bytes == null) {
      throw new FrazilException(ErrorCode.FILE_NOT_FOUND, "'" + location + "' does not exist");
    }
    return bytes;
  }

  @Override
  public ObjectInfo head(String location) {
    return new ObjectInfo(location, bytes(location).length, "v" + versions.get(location));
  }

  @Override
  public ObjectReader open(String location) {
    ObjectInfo info = head(location);
    byte[] bytes = bytes(location);
    open.incrementAndGet();
    return new ObjectReader() {
      private boolean closed;

      @Override
      public ObjectInfo info() {
        return info;
      }

      @Override
      public void read(long position, byte[] into, int offset, int length) {
        assert !closed : "read after close";
        if (position + length > bytes.length) {
          throw new FrazilException(ErrorCode.FILE_CORRUPT, "'" + location + "' ends early");
        }
        misbehave(location);
        reads.incrementAndGet();
        bytesRead.addAndGet(length);
        System.arraycopy(bytes, (int) position, into, offset, length);
      }

      @Override
      public int parallelReads() {
        return parallelReads;
      }

      @Override
      public void close() {
        if (!closed) {
          closed = true;
          open.decrementAndGet();
        }
      }
    };
  }

  @Override
  public ObjectWriter create(String location) {
    throw new AssertionError("tests put objects");
  }

  @Override
  public List<ObjectInfo> list(String prefix) {
    return objects.keySet().stream().filter(l -> l.startsWith(prefix)).map(this::head).toList();
  }

  @Override
  public void delete(String location) {
    objects.remove(location);
  }
}
