package io.frazil.sql.physical;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.plan.JoinType;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.plan.PhysicalPlan.Filter;
import io.frazil.engine.plan.PhysicalPlan.HashAggregate;
import io.frazil.engine.plan.PhysicalPlan.HashJoin;
import io.frazil.engine.plan.PhysicalPlan.Project;
import io.frazil.engine.plan.PhysicalPlan.Shared;
import io.frazil.engine.plan.PhysicalPlan.Sort;
import io.frazil.engine.plan.PhysicalPlan.TableScan;
import io.frazil.engine.plan.RuntimeFilterSource;
import io.frazil.engine.plan.RuntimeFilterTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Lets a join's build side filter the scan that its probe key comes from, where that is thought to
/// leave out enough of it:
///
///     HashJoin(a = b)            HashJoin(a = b; filter 0 from b)
///       Scan(a)            ->      Scan(a; filter 0 on a)
///       Scan(b, few)               Scan(b, few)
final class RuntimeFilters {
  /// A filter that lets more than this part pass costs more than it saves.
  private static final double MAX_PASSING = 0.7;

  private final Context context;
  private final Map<Integer, List<RuntimeFilterTarget>> targets = new HashMap<>();
  private final Map<Integer, PhysicalPlan> shared = new HashMap<>();
  private int filters;

  RuntimeFilters(Context context) {
    this.context = context;
  }

  PhysicalPlan add(PhysicalPlan plan) {
    return withTargets(withSources(plan));
  }

  private PhysicalPlan withSources(PhysicalPlan plan) {
    if (plan instanceof Shared(int id, int number, PhysicalPlan input)) {
      // All occurrences carry the same input: it is rewritten once.
      PhysicalPlan known = shared.get(number);
      PhysicalPlan once = known == null ? withSources(input) : known;
      shared.put(number, once);
      return new Shared(id, number, once);
    }
    List<PhysicalPlan> inputs = plan.inputs().stream().map(this::withSources).toList();
    PhysicalPlan rebuilt = inputs.equals(plan.inputs()) ? plan : plan.withInputs(inputs);
    return rebuilt instanceof HashJoin join && dropsUnmatchedProbes(join.type())
        ? withSources(join)
        : rebuilt;
  }

  private HashJoin withSources(HashJoin join) {
    double[] passing = context.passing().getOrDefault(join.id(), new double[0]);
    var sources = new ArrayList<RuntimeFilterSource>();
    for (int key = 0; key < join.leftKeys().size() && key < passing.length; key++) {
      Place place =
          passing[key] > MAX_PASSING ? null : trace(join.left(), join.leftKeys().get(key));
      if (place != null) {
        int filter = filters++;
        sources.add(new RuntimeFilterSource(filter, key));
        targets
            .computeIfAbsent(place.scan(), _ -> new ArrayList<>())
            .add(new RuntimeFilterTarget(filter, place.column()));
      }
    }
    return sources.isEmpty()
        ? join
        : new HashJoin(
            join.id(),
            join.left(),
            join.right(),
            join.type(),
            join.leftKeys(),
            join.rightKeys(),
            join.condition(),
            join.outputs(),
            sources);
  }

  private static boolean dropsUnmatchedProbes(JoinType type) {
    return switch (type) {
      case INNER, RIGHT, LEFT_SEMI, RIGHT_SEMI, RIGHT_ANTI -> true;
      case LEFT, FULL, LEFT_ANTI, NULL_AWARE_ANTI -> false;
    };
  }

  /// A column (position in `columns`) of a scan.
  private record Place(int scan, int column) {}

  /// Where a column comes from, if leaving out rows there leaves out only rows with that value.
  private static @Nullable Place trace(PhysicalPlan plan, int column) {
    return switch (plan) {
      case TableScan scan -> new Place(scan.id(), scan.outputs().get(column));
      case Filter filter -> trace(filter.input(), column);
      case Sort sort -> trace(sort.input(), column);
      case Project project ->
          project.expressions().get(column) instanceof Expression.Column source
              ? trace(project.input(), source.index())
              : null;
      case HashAggregate aggregate ->
          column < aggregate.keys().size()
              ? trace(aggregate.input(), aggregate.keys().get(column))
              : null;
      case HashJoin join -> traceJoin(join, join.outputs().get(column));
      // Of these, rows may not be left out below: other rows would take their place, or others
      // read the same.
      case PhysicalPlan.TopN _,
          PhysicalPlan.Limit _,
          Shared _,
          PhysicalPlan.Exchange _,
          PhysicalPlan.StageInput _,
          PhysicalPlan.Union _,
          PhysicalPlan.Values _,
          PhysicalPlan.NestedLoopJoin _ ->
          null;
    };
  }

  private static @Nullable Place traceJoin(HashJoin join, int joined) {
    int width = join.left().schema().size();
    boolean left = joined < width;
    boolean kept =
        switch (join.type()) {
          case INNER -> true;
          case LEFT, LEFT_SEMI, LEFT_ANTI, NULL_AWARE_ANTI -> left;
          case RIGHT, RIGHT_SEMI, RIGHT_ANTI -> !left;
          case FULL -> false;
        };
    if (!kept) {
      return null;
    }
    return left ? trace(join.left(), joined) : trace(join.right(), joined - width);
  }

  private PhysicalPlan withTargets(PhysicalPlan plan) {
    List<PhysicalPlan> inputs = plan.inputs().stream().map(this::withTargets).toList();
    PhysicalPlan rebuilt = inputs.equals(plan.inputs()) ? plan : plan.withInputs(inputs);
    if (!(rebuilt instanceof TableScan scan) || !targets.containsKey(scan.id())) {
      return rebuilt;
    }
    return new TableScan(
        scan.id(),
        scan.table(),
        scan.columns(),
        scan.filters(),
        scan.outputs(),
        scan.limit(),
        targets.getOrDefault(scan.id(), List.of()));
  }
}
