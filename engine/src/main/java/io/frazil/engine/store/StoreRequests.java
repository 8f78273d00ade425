package io.frazil.engine.store;

import java.util.concurrent.atomic.LongAdder;

/// Counts requests that are paid for, in S3's two price classes. Safe for use by many threads.
public final class StoreRequests {
  private final LongAdder gets = new LongAdder();
  private final LongAdder puts = new LongAdder();

  /// A read of an object, of a range of it, or of its head: each try of it.
  public void addGet() {
    gets.increment();
  }

  /// Something written or listed.
  public void addPut() {
    puts.increment();
  }

  public long gets() {
    return gets.sum();
  }

  public long puts() {
    return puts.sum();
  }
}
