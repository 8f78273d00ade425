package io.frazil.engine.memory;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The memory of one query, counted in bytes; of one task of it, where several share a process.
/// Safe for use by many threads.
public final class MemoryPool {
  private final long limit;
  private final @Nullable MemoryPool parent;
  private final AtomicLong used = new AtomicLong();
  private final AtomicLong peak = new AtomicLong();

  /// @param limit the most that all reservations together may hold, in bytes
  public MemoryPool(long limit) {
    this(limit, null);
  }

  private MemoryPool(long limit, @Nullable MemoryPool parent) {
    if (limit <= 0) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "the memory limit must be positive, not " + limit);
    }
    this.limit = limit;
    this.parent = parent;
  }

  /// A pool whose reservations count here too: what they hold is bounded by both limits.
  public MemoryPool within(long limit) {
    return new MemoryPool(limit, this);
  }

  /// A new, empty reservation.
  ///
  /// @param owner who holds it, for the message of the error: `hash join 7`
  public Reservation reservation(String owner) {
    return new Reservation(this, owner);
  }

  public long limit() {
    return limit;
  }

  /// What could still be reserved now, in bytes.
  public long available() {
    long here = limit - used.get();
    return parent == null ? here : Math.min(here, parent.available());
  }

  /// What is held now, in bytes.
  public long used() {
    return used.get();
  }

  /// The most that was ever held, in bytes.
  public long peak() {
    return peak.get();
  }

  boolean tryAcquire(long bytes) {
    long now = used.addAndGet(bytes);
    if (now > limit || (parent != null && !parent.tryAcquire(bytes))) {
      used.addAndGet(-bytes);
      return false;
    }
    peak.accumulateAndGet(now, Math::max);
    return true;
  }

  void release(long bytes) {
    long now = used.addAndGet(-bytes);
    assert now >= 0 : "more was released than held";
    if (parent != null) {
      parent.release(bytes);
    }
  }
}
