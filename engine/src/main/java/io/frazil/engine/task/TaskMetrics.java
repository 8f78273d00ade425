package io.frazil.engine.task;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// What a task's nodes did, by node id. Safe for use by many threads.
public final class TaskMetrics {
  private final Map<Integer, NodeMetrics> nodes = new ConcurrentHashMap<>();

  /// The metrics of a node, which begin at zero.
  public NodeMetrics node(int id) {
    return nodes.computeIfAbsent(id, _ -> new NodeMetrics());
  }

  /// All nodes that have any, by id.
  public Map<Integer, NodeMetrics> nodes() {
    return new TreeMap<>(nodes);
  }
}
