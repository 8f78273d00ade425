package io.frazil.engine.exec;

import io.frazil.engine.plan.AggregateCall;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.PhysicalPlan.Exchange;
import io.frazil.engine.plan.PhysicalPlan.HashAggregate;
import io.frazil.engine.plan.PhysicalPlan.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Makes one aggregation of two where nothing is sent between them:
///
/// ```
/// HashAggregate FINAL             HashAggregate SINGLE
///   Exchange               →        input
///     HashAggregate PARTIAL
///       input
/// ```
final class CombinePhases {
  private CombinePhases() {}

  /// The plan with every such pair combined.
  static PhysicalPlan rewrite(PhysicalPlan plan) {
    List<PhysicalPlan> inputs = plan.inputs().stream().map(CombinePhases::rewrite).toList();
    PhysicalPlan node = inputs.equals(plan.inputs()) ? plan : plan.withInputs(inputs);
    return node instanceof HashAggregate last
            && last.phase() == Phase.FINAL
            && belowExchanges(last.input()) instanceof HashAggregate first
            && first.phase() == Phase.PARTIAL
            && isContinuation(last, first)
        ? combine(last, first)
        : node;
  }

  private static PhysicalPlan belowExchanges(PhysicalPlan node) {
    PhysicalPlan below = node;
    while (below instanceof Exchange exchange) {
      below = exchange.input();
    }
    return below;
  }

  private static boolean isContinuation(HashAggregate last, HashAggregate first) {
    List<Integer> leading = IntStream.range(0, first.keys().size()).boxed().toList();
    return last.keys().equals(leading)
        && functions(last.aggregates()).equals(functions(first.aggregates()));
  }

  private static List<String> functions(List<AggregateCall> calls) {
    return calls.stream().map(AggregateCall::function).toList();
  }

  private static HashAggregate combine(HashAggregate last, HashAggregate first) {
    var calls = new ArrayList<AggregateCall>();
    for (int i = 0; i < last.aggregates().size(); i++) {
      AggregateCall rows = first.aggregates().get(i);
      AggregateCall result = last.aggregates().get(i);
      calls.add(
          new AggregateCall(
              rows.function(),
              rows.arguments(),
              rows.filter(),
              result.name(),
              result.type(),
              result.nullable(),
              result.state(),
              rows.argumentTypes()));
    }
    return new HashAggregate(last.id(), first.input(), first.keys(), calls, Phase.SINGLE);
  }
}
