package io.frazil.s3;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.ObjectInfo;
import io.frazil.engine.store.ObjectReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Reads ranges of one version of an object. The object's end came along with opening and is not
/// asked for again: footers lie there, and small objects whole.
final class S3Reader implements ObjectReader {
  /// One connection carries a tenth of what a function's network does.
  private static final int PARALLEL_READS = 8;

  private final S3Location at;
  private final ObjectInfo info;
  private final byte[] tail;
  private final HedgedReads reads;
  private final Retry retry;
  private final Set<ReadRace> running = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /// @param tail the object's last bytes, as many as there are here
  S3Reader(S3Location at, ObjectInfo info, byte[] tail, HedgedReads reads, Retry retry) {
    this.at = at;
    this.info = info;
    this.tail = tail;
    this.reads = reads;
    this.retry = retry;
  }

  @Override
  public ObjectInfo info() {
    return info;
  }

  @Override
  public void read(long position, byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (position < 0 || position > info.size() - length) {
      throw new FrazilException(
          ErrorCode.FILE_CORRUPT,
          "'%s' ends at byte %d, but %d bytes were wanted from byte %d"
              .formatted(info.location(), info.size(), length, position));
    }
    long tailStart = info.size() - tail.length;
    int fetched = Math.clamp(tailStart - position, 0, length);
    try {
      if (fetched > 0) {
        var range = new ByteRange(at, info, position, fetched);
        retry.run(() -> readOnce(range, into, offset));
      } else if (closed) {
        throw new InterruptedIOException("closed");
      }
    } catch (IOException e) {
      throw S3Failure.of(at, "read", e);
    }
    int from = (int) Math.max(position - tailStart, 0);
    System.arraycopy(tail, from, into, offset + fetched, length - fetched);
  }

  @Override
  public int parallelReads() {
    return PARALLEL_READS;
  }

  /// Aborts what is being read: whoever waits for it is told so.
  @Override
  public void close() {
    closed = true;
    running.forEach(ReadRace::abort);
  }

  private int readOnce(ByteRange range, byte[] into, int offset) throws IOException {
    var race = new ReadRace();
    running.add(race);
    try {
      if (closed) {
        throw new InterruptedIOException("closed");
      }
      reads.read(range, into, offset, race);
      return range.length();
    } finally {
      running.remove(race);
    }
  }
}
