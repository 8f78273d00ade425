package io.frazil.benchmarks.cost;

import io.frazil.engine.task.NodeMetrics.Counter;
import io.frazil.session.statistics.NodeStatistics;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A node of a plan that ran, as EXPLAIN prints it, with what it did.
///
/// @param text what follows its name
/// @param inputs which it read from, in order
record PlanNode(
    String name, String text, List<PlanNode> inputs, @Nullable NodeStatistics statistics) {
  private static final Pattern LINE = Pattern.compile("^( *)#(\\d+) (\\w+)\\((.*)\\)(  \\{.*)?$");

  /// All nodes of a plan.
  ///
  /// @param statistics by node
  static List<PlanNode> of(List<String> explained, Map<Integer, NodeStatistics> statistics) {
    var nodes = new ArrayList<PlanNode>();
    Deque<Map.Entry<Integer, PlanNode>> above = new ArrayDeque<>();
    for (String line : explained) {
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        continue;
      }
      int depth = matcher.group(1).length();
      int id = Integer.parseInt(matcher.group(2));
      var node =
          new PlanNode(matcher.group(3), matcher.group(4), new ArrayList<>(), statistics.get(id));
      while (!above.isEmpty() && above.peek().getKey() >= depth) {
        above.pop();
      }
      if (!above.isEmpty()) {
        above.peek().getValue().inputs().add(node);
      }
      above.push(Map.entry(depth, node));
      nodes.add(node);
    }
    return nodes;
  }

  double get(Counter counter) {
    return statistics == null ? 0 : statistics.get(counter);
  }

  double rows() {
    return get(Counter.OUTPUT_ROWS);
  }

  /// How many rows came from its `index`th input.
  double rowsOf(int index) {
    return index < inputs.size() ? inputs.get(index).rows() : 0;
  }

  /// How often its text has a character outside of brackets and parentheses, and one more.
  static int parts(String text, char separator) {
    int depth = 0;
    int parts = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
      parts += c == separator && depth == 0 ? 1 : 0;
    }
    return parts;
  }
}
