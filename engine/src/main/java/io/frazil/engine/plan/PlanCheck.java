package io.frazil.engine.plan;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.plan.PhysicalPlan.HashAggregate;
import io.frazil.engine.plan.PhysicalPlan.HashJoin;
import io.frazil.engine.plan.PhysicalPlan.NestedLoopJoin;
import io.frazil.engine.plan.PhysicalPlan.Phase;
import io.frazil.engine.plan.PhysicalPlan.TableScan;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Whether a plan that came from elsewhere can be run at all: its positions are those of columns
/// that there are, of values that lie in memory as its nodes take them to. What it computes is the
/// planner's affair, as are types that lie in memory alike.
public final class PlanCheck {
  private PlanCheck() {}

  /// @param splits by scan node
  /// @param output how the plan's rows are spread
  /// @throws FrazilException INVALID_MESSAGE
  public static void check(
      PhysicalPlan plan, Map<Integer, List<Split>> splits, Distribution output) {
    check(plan, splits);
    try {
      distribution(output, plan.schema());
    } catch (IllegalArgumentException e) {
      throw nonsense("its output", String.valueOf(e.getMessage()), e);
    }
  }

  private static void check(PhysicalPlan plan, Map<Integer, List<Split>> splits) {
    try {
      plan.inputs().forEach(input -> check(input, splits));
      node(plan);
      if (plan instanceof TableScan scan) {
        splits.getOrDefault(scan.id(), List.of()).forEach(split -> constants(scan, split));
      }
    } catch (IllegalArgumentException e) {
      throw nonsense(name(plan), String.valueOf(e.getMessage()), e);
    }
  }

  private static String name(PhysicalPlan plan) {
    return plan.getClass().getSimpleName() + " " + plan.id();
  }

  private static FrazilException nonsense(String where, String why, RuntimeException cause) {
    return new FrazilException(
        ErrorCode.INVALID_MESSAGE,
        "The fragment's plan makes no sense at %s: %s".formatted(where, why),
        cause);
  }

  private static void node(PhysicalPlan plan) {
    switch (plan) {
      case TableScan scan -> scan(scan);
      case PhysicalPlan.Values values -> values(values);
      case PhysicalPlan.Filter filter -> condition(filter.predicate(), filter.input().schema());
      case PhysicalPlan.Project project -> {
        require(project.names().size() == project.expressions().size(), "names are missing");
        project.expressions().forEach(e -> ExpressionCheck.check(e, project.input().schema()));
      }
      case HashAggregate aggregate -> aggregate(aggregate);
      case HashJoin join -> join(join);
      case NestedLoopJoin join -> {
        Schema pairs = pairs(join.type(), join.left(), join.right());
        optional(join.condition(), pairs);
        outputs(join.type(), join.outputs(), join.left().schema().size(), pairs.size());
      }
      case PhysicalPlan.Sort sort -> keys(sort.keys(), sort.schema());
      case PhysicalPlan.TopN top -> {
        keys(top.keys(), top.schema());
        require(!top.keys().isEmpty(), "it has no order");
        rows(top.limit(), top.offset());
      }
      case PhysicalPlan.Limit limit -> rows(limit.limit(), limit.offset());
      case PhysicalPlan.Union union -> {
        List<DataType> types = types(union.schema());
        union.inputs().forEach(input -> alike(types(input.schema()), types));
      }
      case PhysicalPlan.Exchange exchange ->
          distribution(exchange.distribution(), exchange.schema());
      case PhysicalPlan.StageInput input -> types(input.schema()).forEach(Objects::requireNonNull);
      case PhysicalPlan.Shared _ -> {}
    }
  }

  private static void distribution(Distribution distribution, Schema schema) {
    switch (distribution) {
      case Distribution.Gather _, Distribution.Broadcast _ -> {}
      case Distribution.Hash(var keys, int _) -> positions(keys, schema.size());
    }
  }

  private static void scan(TableScan scan) {
    positions(scan.outputs(), scan.columns().size());
    var columns = new Schema(scan.columns().stream().map(ScanColumn::field).toList());
    scan.filters().forEach(filter -> condition(filter, columns));
    scan.runtimeFilters().forEach(target -> position(target.column(), columns.size()));
    require(scan.limit() == null || scan.limit() >= 0, "the limit is negative");
    Objects.requireNonNull(scan.table());
    for (ScanColumn column : scan.columns()) {
      Objects.requireNonNull(column.name());
      Objects.requireNonNull(column.type());
      Expression.Literal missing = column.missing();
      if (missing != null) {
        alike(List.of(missing.type()), List.of(column.type()));
      }
    }
  }

  private static void constants(TableScan scan, Split split) {
    if (!(split instanceof Split.Parquet file)) {
      return;
    }
    for (ScanColumn column : scan.columns()) {
      Integer id = column.fieldId();
      Expression.Literal constant = id == null ? null : file.constants().get(id);
      if (constant != null) {
        alike(List.of(constant.type()), List.of(column.type()));
      }
    }
  }

  private static void values(PhysicalPlan.Values values) {
    List<DataType> types = types(values.schema());
    for (List<Expression.Literal> row : values.rows()) {
      alike(row.stream().map(Expression.Literal::type).toList(), types);
    }
  }

  private static void aggregate(HashAggregate aggregate) {
    Schema input = aggregate.input().schema();
    Objects.requireNonNull(aggregate.phase());
    for (AggregateCall call : aggregate.aggregates()) {
      Objects.requireNonNull(call.function());
      Objects.requireNonNull(call.type());
    }
    if (aggregate.phase() == Phase.FINAL) {
      states(aggregate, input);
      return;
    }
    positions(aggregate.keys(), input.size());
    for (AggregateCall call : aggregate.aggregates()) {
      positions(call.arguments(), input.size());
      if (!call.argumentTypes().isEmpty()) {
        alike(call.argumentTypes(), types(input.select(call.arguments())));
      }
      if (call.filter() != null) {
        position(call.filter(), input.size());
        alike(List.of(DataType.Simple.BOOLEAN), List.of(input.type(call.filter())));
      }
    }
  }

  private static void states(HashAggregate aggregate, Schema input) {
    var states = new ArrayList<DataType>();
    for (AggregateCall call : aggregate.aggregates()) {
      call.state().stream().map(Field::type).forEach(states::add);
    }
    int keys = aggregate.keys().size();
    for (int i = 0; i < keys; i++) {
      require(aggregate.keys().get(i) == i, "the keys of states come first");
    }
    require(input.size() == keys + states.size(), "the input has no such states");
    alike(types(input).subList(keys, input.size()), states);
  }

  private static void join(HashJoin join) {
    Schema left = join.left().schema();
    Schema right = join.right().schema();
    positions(join.leftKeys(), left.size());
    positions(join.rightKeys(), right.size());
    require(!join.leftKeys().isEmpty(), "it has no keys");
    alike(types(left.select(join.leftKeys())), types(right.select(join.rightKeys())));
    require(
        join.type() != JoinType.NULL_AWARE_ANTI || join.leftKeys().size() == 1,
        "one key is what a null-aware join has");
    Schema pairs = pairs(join.type(), join.left(), join.right());
    optional(join.condition(), pairs);
    outputs(join.type(), join.outputs(), left.size(), pairs.size());
    join.runtimeFilters().forEach(filter -> position(filter.key(), join.rightKeys().size()));
  }

  private static Schema pairs(JoinType type, PhysicalPlan left, PhysicalPlan right) {
    return type.schema(left.schema(), right.schema());
  }

  private static void outputs(JoinType type, List<Integer> outputs, int left, int all) {
    for (int output : outputs) {
      position(output, all);
      if (output < left ? !type.keepsLeft() : !type.keepsRight()) {
        throw new IllegalArgumentException(
            "column %d does not come out of a join of type %s".formatted(output, type));
      }
    }
  }

  private static void keys(List<SortKey> keys, Schema schema) {
    keys.forEach(key -> position(key.column(), schema.size()));
  }

  private static void rows(long limit, long offset) {
    require(limit >= 0 && offset >= 0, "a number of rows is negative");
  }

  private static void optional(@Nullable Expression condition, Schema input) {
    if (condition != null) {
      condition(condition, input);
    }
  }

  private static void condition(Expression condition, Schema input) {
    ExpressionCheck.check(condition, input);
    alike(List.of(condition.type()), List.of(DataType.Simple.BOOLEAN));
  }

  private static List<DataType> types(Schema schema) {
    return schema.fields().stream().map(Field::type).toList();
  }

  private static void alike(List<DataType> some, List<DataType> others) {
    ExpressionCheck.alike(some, others);
  }

  private static void positions(List<Integer> positions, int size) {
    positions.forEach(position -> position(position, size));
  }

  private static void position(int position, int size) {
    ExpressionCheck.position(position, size);
  }

  private static void require(boolean holds, String otherwise) {
    ExpressionCheck.require(holds, otherwise);
  }
}
