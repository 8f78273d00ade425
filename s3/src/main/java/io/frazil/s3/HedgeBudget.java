package io.frazil.s3;

import java.util.concurrent.atomic.AtomicInteger;

/// How many reads may be asked for twice: one in twenty, and a few at once. A store that is slow as
/// a whole isn't asked to do twice the work. Safe for use by many threads.
final class HedgeBudget {
  private static final int READS_PER_HEDGE = 20;
  private static final int MOST = 8 * READS_PER_HEDGE;

  private final AtomicInteger reads = new AtomicInteger(MOST);

  /// Counts a read.
  void read() {
    reads.updateAndGet(n -> Math.min(n + 1, MOST));
  }

  /// Takes a hedge, if there is one left.
  boolean tryTake() {
    return reads.getAndUpdate(n -> n >= READS_PER_HEDGE ? n - READS_PER_HEDGE : n)
        >= READS_PER_HEDGE;
  }
}
