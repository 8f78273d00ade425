package io.frazil.session.statistics;

import io.frazil.engine.task.NodeMetrics.Counter;
import java.util.Map;

/// What one plan node did, over all tasks that ran it.
///
/// @param id the node's in the plan
/// @param counters those that are not zero; `PEAK_BYTES` is the largest of the tasks'
public record NodeStatistics(int id, Map<Counter, Long> counters) {
  public NodeStatistics {
    counters = Map.copyOf(counters);
  }

  public long get(Counter counter) {
    return counters.getOrDefault(counter, 0L);
  }
}
