package io.frazil.s3;

import java.time.Duration;
import java.util.Arrays;

/// How long reads take, as learned from the last of them: after how long one is slow. Times are
/// compared as multiples of what a read of that size should take, so that one figure serves all
/// sizes. Safe for use by many threads.
final class ReadTimes {
  private static final int REMEMBERED = 64;
  private static final int LEARN_EACH = 16;
  private static final double HIGH_QUANTILE = 0.95;

  /// A read is slow when it takes this many times as long as nearly all others.
  private static final double SLOW = 2;

  /// 20 ms to the first byte, then 100 MB a second.
  private static final double BASE_NANOS = 20e6;

  private static final double NANOS_PER_BYTE = 10;

  private final double[] ratios = new double[REMEMBERED];
  private final double first;
  private long count;
  private volatile double slow;

  /// @param guess after how long a small read is slow, until some were seen
  ReadTimes(Duration guess) {
    this.first = guess.toNanos() / BASE_NANOS;
    this.slow = first;
  }

  /// After how long a read of so many bytes is slow.
  Duration slowAfter(int bytes) {
    return Duration.ofNanos((long) (slow * usual(bytes)));
  }

  synchronized void record(int bytes, long nanos) {
    ratios[(int) (count % REMEMBERED)] = nanos / usual(bytes);
    count++;
    if (count >= LEARN_EACH && count % LEARN_EACH == 0) {
      double[] sorted = Arrays.copyOf(ratios, (int) Math.min(count, REMEMBERED));
      Arrays.sort(sorted);
      slow = Math.max(SLOW * sorted[(int) (sorted.length * HIGH_QUANTILE)], Math.min(first, 1));
    }
  }

  private static double usual(int bytes) {
    return BASE_NANOS + bytes * NANOS_PER_BYTE;
  }
}
