package io.frazil.session.statistics;

import io.frazil.engine.task.NodeMetrics;
import io.frazil.engine.task.NodeMetrics.Counter;
import io.frazil.engine.task.TaskMetrics;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;

/// Counters of plan nodes as plain maps: how they are added up and how they travel.
public final class Counters {
  private Counters() {}

  /// Adds one task's counters of a node to those of others.
  static void add(Map<Integer, Map<Counter, Long>> total, int node, Map<Counter, Long> counters) {
    Map<Counter, Long> sums = total.computeIfAbsent(node, _ -> new EnumMap<>(Counter.class));
    counters.forEach((counter, value) -> sums.merge(counter, value, merging(counter)));
  }

  /// What a task counted, without zeros.
  public static Map<Integer, Map<Counter, Long>> of(TaskMetrics metrics) {
    var nodes = new TreeMap<Integer, Map<Counter, Long>>();
    metrics.nodes().forEach((id, node) -> nodes.put(id, nonZero(node)));
    return nodes;
  }

  /// Of counters by name, as messages have them; names that only a newer worker knows are left out.
  public static Map<Integer, Map<Counter, Long>> parse(Map<Integer, Map<String, Long>> nodes) {
    var parsed = new TreeMap<Integer, Map<Counter, Long>>();
    nodes.forEach((id, byName) -> {
      var counters = new EnumMap<Counter, Long>(Counter.class);
      for (Counter counter : Counter.values()) {
        Long value = byName.get(counter.name());
        if (value != null) {
          counters.put(counter, value);
        }
      }
      parsed.put(id, counters);
    });
    return parsed;
  }

  /// Counters by name, as messages have them.
  public static Map<Integer, Map<String, Long>> named(TaskMetrics metrics) {
    return of(metrics).entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                node ->
                    node.getValue().entrySet().stream()
                        .collect(Collectors.toMap(e -> e.getKey().name(), Map.Entry::getValue))));
  }

  private static Map<Counter, Long> nonZero(NodeMetrics node) {
    var counters = new EnumMap<Counter, Long>(Counter.class);
    for (Counter counter : Counter.values()) {
      long value = node.get(counter);
      if (value != 0) {
        counters.put(counter, value);
      }
    }
    return counters;
  }

  private static BinaryOperator<Long> merging(Counter counter) {
    return counter == Counter.PEAK_BYTES ? Math::max : Long::sum;
  }
}
