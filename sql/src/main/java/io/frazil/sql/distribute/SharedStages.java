package io.frazil.sql.distribute;

import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.PhysicalPlan.Exchange;
import io.frazil.engine.plan.PhysicalPlan.Shared;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;

/// Gives a shared subplan of one task that several stages read a stage of its own:
///
///     Exchange(broadcast)             Exchange(broadcast)
///       Shared(0)                       Shared(0)
///         Limit                 →         Exchange(gather)
///     Exchange(broadcast)                   Limit
///       Shared(0)                     Exchange(broadcast)
///         Limit                         Shared(0)
///                                         Exchange(gather)
///                                           Limit
///
/// Otherwise each of them would run it, and which rows are the first, or what a volatile function
/// gives, is not the same twice. An order that the rows have outlives the exchange, as one task
/// wrote them.
final class SharedStages {
  /// In place of an exchange's id: the stage of the result.
  private static final int RESULT = -1;

  private SharedStages() {}

  /// @param ids gives the ids of nodes that are added
  static PhysicalPlan rewrite(PhysicalPlan plan, IntSupplier ids) {
    PhysicalPlan rewritten = plan;
    // One may stand in another, which has one stage once it stands apart.
    for (var next = readSeverally(plan); next.isPresent(); next = readSeverally(rewritten)) {
      rewritten = apart(rewritten, next.get(), ids.getAsInt());
    }
    return rewritten;
  }

  /// The first shared subplan, from the root down, that several stages would run.
  private static Optional<Integer> readSeverally(PhysicalPlan plan) {
    var readers = new LinkedHashMap<Integer, Set<Integer>>();
    addReaders(plan, RESULT, readers);
    return readers.entrySet().stream()
        .filter(entry -> entry.getValue().size() > 1)
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /// @param stage the exchange that the node's rows go to
  /// @param readers of each shared subplan that is no stage of its own, by its number
  private static void addReaders(PhysicalPlan node, int stage, Map<Integer, Set<Integer>> readers) {
    if (node instanceof Shared(int _, int number, var input) && !(input instanceof Exchange)) {
      readers.computeIfAbsent(number, _ -> new HashSet<>()).add(stage);
    }
    int below = node instanceof Exchange exchange ? exchange.id() : stage;
    node.inputs().forEach(input -> addReaders(input, below, readers));
  }

  private static PhysicalPlan apart(PhysicalPlan node, int number, int exchange) {
    if (node instanceof Shared(int id, int own, var input) && own == number) {
      return new Shared(id, own, new Exchange(exchange, input, new Distribution.Gather()));
    }
    List<PhysicalPlan> inputs = node.inputs();
    return inputs.isEmpty()
        ? node
        : node.withInputs(inputs.stream().map(input -> apart(input, number, exchange)).toList());
  }
}
