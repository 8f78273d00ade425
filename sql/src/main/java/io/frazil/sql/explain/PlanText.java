package io.frazil.sql.explain;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.ExpressionText;
import io.frazil.engine.plan.AggregateCall;
import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.plan.SortKey;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.sql.NodeEstimate;
import io.frazil.sql.PlannedQuery;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A plan as a tree, one node a line: its id, what it does, how many rows it is thought to give and
/// what that rests on.
///
/// A shared subplan is printed where it stands first; elsewhere its number stands for it.
public final class PlanText {
  private final Map<Integer, NodeEstimate> estimates;
  private final Set<Integer> printed = new HashSet<>();
  private final StringBuilder text = new StringBuilder();

  private PlanText(Map<Integer, NodeEstimate> estimates) {
    this.estimates = estimates;
  }

  public static String text(PlannedQuery query) {
    return text(query.root(), query.estimates());
  }

  public static String text(PhysicalPlan plan, Map<Integer, NodeEstimate> estimates) {
    var text = new PlanText(estimates);
    text.add(plan, 0);
    return text.text.toString();
  }

  private void add(PhysicalPlan plan, int depth) {
    text.append("  ".repeat(depth)).append('#').append(plan.id()).append(' ').append(node(plan));
    NodeEstimate estimate = estimates.get(plan.id());
    if (estimate != null) {
      text.append("  {")
          .append(String.format(Locale.ROOT, "%,.0f", estimate.rows()))
          .append(" rows: ")
          .append(estimate.source())
          .append('}');
    }
    text.append('\n');
    if (plan instanceof PhysicalPlan.Shared shared && !printed.add(shared.sharedId())) {
      return;
    }
    plan.inputs().forEach(i -> add(i, depth + 1));
  }

  private static String node(PhysicalPlan plan) {
    return switch (plan) {
      case PhysicalPlan.TableScan scan -> scan(scan);
      case PhysicalPlan.Values values -> "Values(" + values.rows().size() + ")";
      case PhysicalPlan.Filter filter -> "Filter(" + ExpressionText.text(filter.predicate()) + ")";
      case PhysicalPlan.Project project -> "Project(" + project(project) + ")";
      case PhysicalPlan.HashAggregate aggregate -> aggregate(aggregate);
      case PhysicalPlan.HashJoin join -> join(join);
      case PhysicalPlan.NestedLoopJoin join ->
          "NestedLoopJoin(" + word(join.type()) + condition(join.condition()) + ")";
      case PhysicalPlan.Sort sort -> "Sort(" + keys(sort.keys(), sort.schema()) + ")";
      case PhysicalPlan.TopN top ->
          "TopN("
              + bound(top.limit(), top.offset())
              + " by "
              + keys(top.keys(), top.schema())
              + ")";
      case PhysicalPlan.Limit limit -> "Limit(" + bound(limit.limit(), limit.offset()) + ")";
      case PhysicalPlan.Union union -> "Union(" + union.inputs().size() + ")";
      case PhysicalPlan.Shared shared -> "Shared(" + shared.sharedId() + ")";
      case PhysicalPlan.Exchange exchange ->
          "Exchange(" + distribution(exchange.distribution(), exchange.schema()) + ")";
      case PhysicalPlan.StageInput input -> "StageInput(" + input.stage() + ")";
    };
  }

  private static String scan(PhysicalPlan.TableScan scan) {
    var parts = new ArrayList<String>();
    parts.add(scan.table().toString());
    parts.add(
        scan.outputs().stream()
            .map(i -> scan.columns().get(i).name())
            .collect(Collectors.joining(", ", "[", "]")));
    for (Expression filter : scan.filters()) {
      parts.add(ExpressionText.text(filter));
    }
    scan.runtimeFilters()
        .forEach(f -> {
          ScanColumn column = scan.columns().get(f.column());
          parts.add(column.name() + " in filter " + f.filterId());
        });
    if (scan.limit() != null) {
      parts.add("limit " + scan.limit());
    }
    return "TableScan(" + String.join("; ", parts) + ")";
  }

  private static String project(PhysicalPlan.Project project) {
    var parts = new ArrayList<String>();
    for (int i = 0; i < project.expressions().size(); i++) {
      String expression = ExpressionText.text(project.expressions().get(i));
      String name = project.names().get(i);
      parts.add(expression.equals(name) ? name : expression + " as " + name);
    }
    return String.join(", ", parts);
  }

  private static String aggregate(PhysicalPlan.HashAggregate aggregate) {
    Schema input = aggregate.input().schema();
    String keys = names(aggregate.keys(), input);
    String calls =
        aggregate.aggregates().stream()
            .map(call -> call(call, input, aggregate.phase()))
            .collect(Collectors.joining(", "));
    String phase =
        aggregate.phase() == PhysicalPlan.Phase.SINGLE
            ? ""
            : word(aggregate.phase()) + (keys.isEmpty() && calls.isEmpty() ? "" : "; ");
    String by = keys.isEmpty() ? "" : "by " + keys + (calls.isEmpty() ? "" : "; ");
    return "HashAggregate(" + phase + by + calls + ")";
  }

  private static String call(AggregateCall call, Schema input, PhysicalPlan.Phase phase) {
    if (phase == PhysicalPlan.Phase.FINAL) {
      return call.function() + " as " + call.name();
    }
    String arguments = call.arguments().isEmpty() ? "*" : names(call.arguments(), input);
    Integer filter = call.filter();
    String where = filter == null ? "" : " where " + input.field(filter).name();
    return call.function() + "(" + arguments + ")" + where;
  }

  private static String join(PhysicalPlan.HashJoin join) {
    var keys = new ArrayList<String>();
    for (int i = 0; i < join.leftKeys().size(); i++) {
      keys.add(
          join.left().schema().field(join.leftKeys().get(i)).name()
              + " = "
              + join.right().schema().field(join.rightKeys().get(i)).name());
    }
    String filters =
        join.runtimeFilters().stream()
            .map(f -> "; filter " + f.filterId() + " from " + key(join, f.key()))
            .collect(Collectors.joining());
    return "HashJoin("
        + word(join.type())
        + ": "
        + String.join(" and ", keys)
        + condition(join.condition())
        + filters
        + ")";
  }

  private static String key(PhysicalPlan.HashJoin join, int key) {
    return join.right().schema().field(join.rightKeys().get(key)).name();
  }

  private static String condition(@Nullable Expression condition) {
    return condition == null ? "" : "; " + ExpressionText.text(condition);
  }

  private static String keys(List<SortKey> keys, Schema schema) {
    return keys.stream().map(k -> key(k, schema)).collect(Collectors.joining(", "));
  }

  /// Where nulls stand is said only if it is not where they stand by default.
  private static String key(SortKey key, Schema schema) {
    Field field = schema.field(key.column());
    boolean descending = key.direction() == SortKey.Direction.DESCENDING;
    boolean first = key.nulls() == SortKey.Nulls.FIRST;
    String nulls = first == descending ? "" : first ? " nulls first" : " nulls last";
    return field.name() + (descending ? " desc" : "") + nulls;
  }

  private static String bound(long limit, long offset) {
    String count = limit == Long.MAX_VALUE ? "all" : String.valueOf(limit);
    return offset == 0 ? count : count + " after " + offset;
  }

  private static String distribution(Distribution distribution, Schema schema) {
    return switch (distribution) {
      case Distribution.Gather _ -> "gather";
      case Distribution.Broadcast _ -> "broadcast";
      case Distribution.Hash(var keys, int partitions) ->
          "hash " + names(keys, schema) + " into " + partitions;
    };
  }

  private static String names(List<Integer> columns, Schema schema) {
    return columns.stream().map(i -> schema.field(i).name()).collect(Collectors.joining(", "));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
