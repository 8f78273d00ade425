package io.frazil.engine.task;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/// What one plan node did in a task, over all its drivers.
public final class NodeMetrics {
  private final LongAdder[] counters = new LongAdder[Counter.values().length];

  /// What is counted. Durations are sums over drivers.
  public enum Counter {
    OUTPUT_ROWS,
    OUTPUT_BATCHES,
    /// Own time, without that of the inputs.
    NANOS,
    /// The most memory that it reserved.
    PEAK_BYTES,
    /// Of files.
    READ_BYTES,
    READ_REQUESTS,
    READ_NANOS,
    FILES,
    ROW_GROUPS,
    ROW_GROUPS_PRUNED,
    PAGES_PRUNED,
    /// Rows that a filter dropped in the scan, and rows that a runtime filter did.
    ROWS_FILTERED,
    ROWS_RUNTIME_FILTERED
  }

  NodeMetrics() {
    Arrays.setAll(counters, _ -> new LongAdder());
  }

  public void add(Counter counter, long value) {
    counters[counter.ordinal()].add(value);
  }

  public long get(Counter counter) {
    return counters[counter.ordinal()].sum();
  }
}
