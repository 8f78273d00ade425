package io.frazil.engine.memory;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;

/// What one owner holds of a [MemoryPool]. Used by one thread at a time; closing releases all of it
/// and may be done twice.
public final class Reservation implements AutoCloseable {
  private final MemoryPool pool;
  private final String owner;
  private long bytes;

  Reservation(MemoryPool pool, String owner) {
    this.pool = pool;
    this.owner = owner;
  }

  /// Takes more, or fails and takes nothing.
  ///
  /// @throws FrazilException MEMORY_LIMIT
  public void grow(long more) {
    if (!tryGrow(more)) {
      throw new FrazilException(
          ErrorCode.MEMORY_LIMIT,
          ("%s needs %s more memory, but %s of the query's %s are in use; raise the limit"
                  + " (--memory) or use fewer threads")
              .formatted(
                  owner,
                  size(more),
                  size(pool.limit() - Math.max(0, pool.available())),
                  size(pool.limit())));
    }
  }

  /// Takes more and says whether there was enough. An owner that can do with less asks this way.
  public boolean tryGrow(long more) {
    assert more >= 0 : "growth is not negative";
    if (!pool.tryAcquire(more)) {
      return false;
    }
    bytes += more;
    return true;
  }

  /// Holds `total` from now on, growing or shrinking to it.
  public void resize(long total) {
    if (total > bytes) {
      grow(total - bytes);
    } else {
      shrink(bytes - total);
    }
  }

  public void shrink(long less) {
    assert less >= 0 && less <= bytes : "more is given back than held";
    bytes -= less;
    pool.release(less);
  }

  public long bytes() {
    return bytes;
  }

  @Override
  public void close() {
    shrink(bytes);
  }

  private static String size(long bytes) {
    return bytes >= 1 << 20 ? (bytes >> 20) + " MiB" : (bytes >> 10) + " KiB";
  }
}
