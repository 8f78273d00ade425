package io.frazil.s3;

import io.frazil.engine.memory.MemoryPool;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/// Reads ranges, and asks a second time for one that takes longer than nearly all others do. Safe
/// for use by many threads.
final class HedgedReads {
  private final S3Calls calls;
  private final MemoryPool buffers;
  private final ReadTimes times;
  private final HedgeBudget budget;
  private final AtomicLong hedges;

  /// @param buffers where the second request's bytes are counted
  HedgedReads(S3Calls calls, MemoryPool buffers) {
    this.calls = calls;
    this.buffers = buffers;
    this.times = new ReadTimes(calls.settings().hedgeAfter());
    this.budget = new HedgeBudget();
    this.hedges = new AtomicLong();
  }

  private HedgedReads(HedgedReads reads, S3Calls calls) {
    this.calls = calls;
    this.buffers = reads.buffers;
    this.times = reads.times;
    this.budget = reads.budget;
    this.hedges = reads.hedges;
  }

  /// The same by other calls: what is slow and how many hedges are left is known by both.
  HedgedReads by(S3Calls others) {
    return new HedgedReads(this, others);
  }

  /// How often a read was asked for twice.
  long hedges() {
    return hedges.get();
  }

  /// Reads a range into an array. Tries once, with a hedge perhaps; whatever it began has ended
  /// when it returns or throws.
  void read(ByteRange range, byte[] into, int offset, ReadRace race) throws IOException {
    budget.read();
    long start = System.nanoTime();
    try (var reservation = buffers.reservation("a second read of " + range.at())) {
      byte[] second = null;
      ReadRace.Lane winner = null;
      try (race) {
        ReadRace.Lane first = race.start(() -> fetch(range, into, offset));
        winner = race.await(times.slowAfter(range.length()));
        if (winner == null && budget.tryTake() && reservation.tryGrow(range.length())) {
          hedges.incrementAndGet();
          byte[] buffer = new byte[range.length()];
          second = buffer;
          race.start(() -> fetch(range, buffer, 0));
        }
        if (winner == null) {
          winner = race.winner(calls.limit(range.length()));
        }
        winner.check();
        second = winner == first ? null : second;
      }
      if (second != null) {
        System.arraycopy(second, 0, into, offset, range.length());
      }
    }
    times.record(range.length(), System.nanoTime() - start);
  }

  private int fetch(ByteRange range, byte[] into, int offset) throws IOException {
    return calls.once(range.request(), answer -> range.read(answer, into, offset));
  }
}
