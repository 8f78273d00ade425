package io.frazil.session.stage;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.function.AggregateFunction;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.function.ScalarFunction;
import io.frazil.engine.plan.PhysicalPlan;
import java.util.List;
import java.util.stream.Stream;

/// Which functions a plan calls.
public final class FunctionCalls {
  private FunctionCalls() {}

  /// Whether workers would call the same functions: theirs of the same name may be another.
  ///
  /// @param functions those that the plan is meant to call
  /// @param workers those that workers have
  public static boolean sameOnWorkers(
      PhysicalPlan plan, FunctionRegistry functions, FunctionRegistry workers) {
    boolean own =
        expressions(plan).allMatch(e -> sameOnWorkers(e, functions, workers))
            && aggregates(plan).allMatch(name -> sameAggregate(name, functions, workers));
    return own
        && plan.inputs().stream().allMatch(input -> sameOnWorkers(input, functions, workers));
  }

  private static boolean sameOnWorkers(
      Expression expression, FunctionRegistry functions, FunctionRegistry workers) {
    boolean own =
        !(expression instanceof Expression.Call call)
            || sameScalar(call.function(), functions, workers);
    return own
        && expression.operands().stream().allMatch(o -> sameOnWorkers(o, functions, workers));
  }

  private static boolean sameScalar(
      String name, FunctionRegistry functions, FunctionRegistry workers) {
    ScalarFunction theirs = workers.scalar(name).orElse(null);
    return theirs != null && theirs == functions.scalar(name).orElse(null);
  }

  private static boolean sameAggregate(
      String name, FunctionRegistry functions, FunctionRegistry workers) {
    AggregateFunction theirs = workers.aggregate(name).orElse(null);
    return theirs != null && theirs == functions.aggregate(name).orElse(null);
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
