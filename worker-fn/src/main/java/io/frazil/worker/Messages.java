package io.frazil.worker;

import io.frazil.engine.error.FrazilException;
import io.frazil.engine.store.StoreRequests;
import io.frazil.engine.task.NodeMetrics;
import io.frazil.engine.task.NodeMetrics.Counter;
import io.frazil.engine.task.TaskMetrics;
import io.frazil.events.ErrorMessage;
import io.frazil.events.FragmentResponse;
import java.util.Map;
import java.util.TreeMap;

/// The engine's words in those of messages.
final class Messages {
  private Messages() {}

  static ErrorMessage encode(FrazilException error) {
    return new ErrorMessage(
        error.code().name(),
        error.errorClass().name(),
        error.getMessage(),
        error.position().map(at -> new ErrorMessage.Position(at.line(), at.column())).orElse(null));
  }

  static FragmentResponse.Statistics statistics(
      long wall, long cpu, long peakBytes, StoreRequests requests, TaskMetrics metrics) {
    var nodes = new TreeMap<Integer, Map<String, Long>>();
    for (var node : metrics.nodes().entrySet()) {
      nodes.put(node.getKey(), counters(node.getValue()));
    }
    return new FragmentResponse.Statistics(
        wall, cpu, peakBytes, requests.gets(), requests.puts(), null, nodes);
  }

  private static Map<String, Long> counters(NodeMetrics node) {
    var counters = new TreeMap<String, Long>();
    for (Counter counter : Counter.values()) {
      long value = node.get(counter);
      if (value != 0) {
        counters.put(counter.name(), value);
      }
    }
    return counters;
  }
}
