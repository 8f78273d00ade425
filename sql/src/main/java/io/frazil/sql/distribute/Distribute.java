package io.frazil.sql.distribute;

import io.frazil.engine.plan.AggregateCall;
import io.frazil.engine.plan.Distribution;
import io.frazil.engine.plan.JoinType;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.PhysicalPlan.Exchange;
import io.frazil.engine.plan.PhysicalPlan.Filter;
import io.frazil.engine.plan.PhysicalPlan.HashAggregate;
import io.frazil.engine.plan.PhysicalPlan.HashJoin;
import io.frazil.engine.plan.PhysicalPlan.Limit;
import io.frazil.engine.plan.PhysicalPlan.NestedLoopJoin;
import io.frazil.engine.plan.PhysicalPlan.Phase;
import io.frazil.engine.plan.PhysicalPlan.Project;
import io.frazil.engine.plan.PhysicalPlan.Shared;
import io.frazil.engine.plan.PhysicalPlan.Sort;
import io.frazil.engine.plan.PhysicalPlan.TableScan;
import io.frazil.engine.plan.PhysicalPlan.TopN;
import io.frazil.engine.plan.PhysicalPlan.Union;
import io.frazil.sql.NodeEstimate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Puts exchanges into a plan, so that it can be cut into stages of many tasks:
///
///     HashAggregate          HashAggregate(FINAL)
///       Scan                   Exchange(hash keys)
///                                HashAggregate(PARTIAL)
///                                  Scan
///
/// A subtree is *spread* while its rows stand in many tasks. Scans begin it; a gather ends it, and
/// whatever needs all rows together (a final order, a global group) stands above one. Joins take a
/// small build side by broadcast and exchange both sides by key otherwise.
public final class Distribute {
  /// A build side of at most this many bytes is sent to every task.
  public static final double MAX_BROADCAST_BYTES = 32 << 20;

  /// Groups beyond this many are finished by many tasks.
  private static final double MIN_PARTITIONED_GROUPS = 100_000;

  private final int workers;
  private final Map<Integer, NodeEstimate> estimates;
  private final Map<Integer, Placed> shared = new HashMap<>();
  private int nextId;

  private Distribute(PhysicalPlan plan, int workers, Map<Integer, NodeEstimate> estimates) {
    this.workers = workers;
    this.estimates = estimates;
    this.nextId = largestId(plan) + 1;
  }

  /// The plan with exchanges; all its rows come out in one task.
  ///
  /// @param workers into how many partitions a hash exchange goes
  /// @param estimates by node id
  public static PhysicalPlan over(
      PhysicalPlan plan, int workers, Map<Integer, NodeEstimate> estimates) {
    var distribute = new Distribute(plan, workers, estimates);
    return SharedStages.rewrite(
        distribute.gathered(distribute.place(plan)), () -> distribute.nextId++);
  }

  /// A plan and whether its rows stand in many tasks.
  private record Placed(PhysicalPlan plan, boolean spread) {}

  private Placed place(PhysicalPlan plan) {
    return switch (plan) {
      case TableScan scan -> new Placed(scan, true);
      case Filter filter -> streaming(filter);
      case Project project -> streaming(project);
      case HashAggregate aggregate -> aggregate(aggregate);
      case HashJoin join -> join(join);
      case NestedLoopJoin join -> join(join);
      case TopN top -> top(top);
      case Limit limit -> limit(limit);
      case Sort sort -> new Placed(sort.withInputs(List.of(gathered(place(sort.input())))), false);
      case Union union -> union(union);
      case Shared once -> shared(once);
      case PhysicalPlan.Values values -> new Placed(values, false);
      case Exchange exchange -> new Placed(exchange, false);
      case PhysicalPlan.StageInput input -> new Placed(input, false);
    };
  }

  private Placed streaming(PhysicalPlan plan) {
    Placed input = place(plan.inputs().getFirst());
    return new Placed(plan.withInputs(List.of(input.plan())), input.spread());
  }

  private Placed aggregate(HashAggregate aggregate) {
    Placed input = place(aggregate.input());
    if (!input.spread()) {
      return new Placed(aggregate.withInputs(List.of(input.plan())), false);
    }
    var partial =
        new HashAggregate(
            nextId++, input.plan(), aggregate.keys(), aggregate.aggregates(), Phase.PARTIAL);
    int keyCount = aggregate.keys().size();
    boolean many = keyCount > 0 && rows(aggregate) >= MIN_PARTITIONED_GROUPS;
    List<Integer> keys = IntStream.range(0, keyCount).boxed().toList();
    PhysicalPlan moved =
        exchange(partial, many ? new Distribution.Hash(keys, workers) : new Distribution.Gather());
    var complete =
        new HashAggregate(aggregate.id(), moved, keys, merging(aggregate, keyCount), Phase.FINAL);
    return new Placed(complete, many);
  }

  /// The calls as they take the columns of their states.
  private static List<AggregateCall> merging(HashAggregate aggregate, int keyCount) {
    var calls = new ArrayList<AggregateCall>();
    int next = keyCount;
    for (AggregateCall call : aggregate.aggregates()) {
      int width = call.state().size();
      List<Integer> state = IntStream.range(next, next + width).boxed().toList();
      next += width;
      calls.add(
          new AggregateCall(
              call.function(),
              state,
              null,
              call.name(),
              call.type(),
              call.nullable(),
              call.state(),
              call.arguments().stream().map(aggregate.input().schema()::type).toList()));
    }
    return calls;
  }

  private Placed join(HashJoin join) {
    Placed left = place(join.left());
    Placed right = place(join.right());
    boolean broadcast = broadcasts(join.type()) && bytes(join.right()) <= MAX_BROADCAST_BYTES;
    if (!left.spread()) {
      return joined(join, left.plan(), gathered(right), false);
    }
    if (broadcast) {
      return joined(join, left.plan(), exchange(right.plan(), new Distribution.Broadcast()), true);
    }
    if (join.type() == JoinType.NULL_AWARE_ANTI) {
      return joined(join, gathered(left), gathered(right), false);
    }
    return joined(
        join,
        exchange(left.plan(), new Distribution.Hash(join.leftKeys(), workers)),
        exchange(right.plan(), new Distribution.Hash(join.rightKeys(), workers)),
        true);
  }

  private Placed join(NestedLoopJoin join) {
    Placed left = place(join.left());
    Placed right = place(join.right());
    return left.spread() && broadcasts(join.type())
        ? joined(join, left.plan(), exchange(right.plan(), new Distribution.Broadcast()), true)
        : joined(join, gathered(left), gathered(right), false);
  }

  private static Placed joined(
      PhysicalPlan join, PhysicalPlan left, PhysicalPlan right, boolean spread) {
    return new Placed(join.withInputs(List.of(left, right)), spread);
  }

  /// Whether every task may have all build rows: not where those are kept, or each task would give
  /// them.
  private static boolean broadcasts(JoinType type) {
    return switch (type) {
      case INNER, LEFT, LEFT_SEMI, LEFT_ANTI, NULL_AWARE_ANTI -> true;
      case RIGHT, FULL, RIGHT_SEMI, RIGHT_ANTI -> false;
    };
  }

  private Placed top(TopN top) {
    Placed input = place(top.input());
    if (!input.spread()) {
      return new Placed(top.withInputs(List.of(input.plan())), false);
    }
    long needed = saturated(top.limit(), top.offset());
    var local = new TopN(nextId++, input.plan(), top.keys(), needed, 0);
    return new Placed(
        new TopN(
            top.id(),
            exchange(local, new Distribution.Gather()),
            top.keys(),
            top.limit(),
            top.offset()),
        false);
  }

  private Placed limit(Limit limit) {
    Placed input = place(limit.input());
    if (!input.spread()) {
      return new Placed(limit.withInputs(List.of(input.plan())), false);
    }
    long needed = saturated(limit.limit(), limit.offset());
    PhysicalPlan local = input.plan();
    if (needed != Long.MAX_VALUE) {
      local = new Limit(nextId++, local, needed, 0);
    }
    return new Placed(limit.withInputs(List.of(exchange(local, new Distribution.Gather()))), false);
  }

  private static long saturated(long limit, long offset) {
    return limit > Long.MAX_VALUE - offset ? Long.MAX_VALUE : limit + offset;
  }

  /// Inputs that all stand in many tasks stay there; otherwise all are brought together.
  private Placed union(Union union) {
    List<Placed> inputs = union.inputs().stream().map(this::place).toList();
    boolean spread = inputs.stream().allMatch(Placed::spread);
    return new Placed(
        union.withInputs(inputs.stream().map(i -> spread ? i.plan() : gathered(i)).toList()),
        spread);
  }

  /// What runs once is brought together once; where that takes no exchange, [SharedStages] sees to
  /// it that it runs once.
  private Placed shared(Shared once) {
    Placed known = shared.get(once.sharedId());
    if (known == null) {
      known = new Placed(gathered(place(once.input())), false);
      shared.put(once.sharedId(), known);
    }
    return new Placed(new Shared(once.id(), once.sharedId(), known.plan()), false);
  }

  private PhysicalPlan gathered(Placed placed) {
    return placed.spread() ? exchange(placed.plan(), new Distribution.Gather()) : placed.plan();
  }

  private Exchange exchange(PhysicalPlan input, Distribution distribution) {
    return new Exchange(nextId++, input, distribution);
  }

  private double rows(PhysicalPlan plan) {
    NodeEstimate estimate = estimates.get(plan.id());
    return estimate == null ? 0 : estimate.rows();
  }

  private double bytes(PhysicalPlan plan) {
    NodeEstimate estimate = estimates.get(plan.id());
    return estimate == null ? Double.MAX_VALUE : estimate.bytes();
  }

  private static int largestId(PhysicalPlan plan) {
    int largest = plan.id();
    for (PhysicalPlan input : plan.inputs()) {
      largest = Math.max(largest, largestId(input));
    }
    return largest;
  }
}
