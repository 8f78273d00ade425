package io.frazil.session.stage;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.plan.PhysicalPlan;
import java.util.List;
import java.util.stream.Stream;

/// Which functions a plan calls.
public final class FunctionCalls {
  private FunctionCalls() {}

  /// Whether a registry has all of them.
  public static boolean allIn(PhysicalPlan plan, FunctionRegistry functions) {
    boolean own =
        expressions(plan).allMatch(e -> allIn(e, functions))
            && aggregates(plan).allMatch(name -> functions.aggregate(name).isPresent());
    return own && plan.inputs().stream().allMatch(input -> allIn(input, functions));
  }

  private static boolean allIn(Expression expression, FunctionRegistry functions) {
    boolean own =
        !(expression instanceof Expression.Call call)
            || functions.scalar(call.function()).isPresent();
    return own && expression.operands().stream().allMatch(o -> allIn(o, functions));
  }

  private static Stream<Expression> expressions(PhysicalPlan plan) {
    return switch (plan) {
      case PhysicalPlan.TableScan node -> node.filters().stream();
      case PhysicalPlan.Filter node -> Stream.of(node.predicate());
      case PhysicalPlan.Project node -> node.expressions().stream();
      case PhysicalPlan.HashJoin node -> Stream.ofNullable(node.condition());
      case PhysicalPlan.NestedLoopJoin node -> Stream.ofNullable(node.condition());
      case PhysicalPlan.HashAggregate _,
          PhysicalPlan.Values _,
          PhysicalPlan.Sort _,
          PhysicalPlan.TopN _,
          PhysicalPlan.Limit _,
          PhysicalPlan.Union _,
          PhysicalPlan.Shared _,
          PhysicalPlan.Exchange _,
          PhysicalPlan.StageInput _ ->
          Stream.empty();
    };
  }

  private static Stream<String> aggregates(PhysicalPlan plan) {
    List<String> names =
        plan instanceof PhysicalPlan.HashAggregate node
            ? node.aggregates().stream().map(call -> call.function()).toList()
            : List.of();
    return names.stream();
  }
}
