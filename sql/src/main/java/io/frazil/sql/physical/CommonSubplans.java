package io.frazil.sql.physical;

import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.sql.estimate.EstimatingQuery;
import io.frazil.sql.estimate.Estimator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.plan.RelDigest;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.util.ImmutableBitSet;

/// Subtrees that stand in several places of the tree and are run once: the largest equal ones that
/// join or aggregate and whose result is small beside what they read, as that is worth it; and all
/// that a LIMIT cuts, as it may leave other rows each time.
///
/// Planning goes twice over the tree. The first time only notes which columns each place needs;
/// after [#settle], a subplan is made once with the columns that any of them needs.
final class CommonSubplans {
  private static final double MIN_ROWS_READ = 10_000;
  private static final double MAX_RESULT = 0.5;

  private final Map<RelDigest, ImmutableBitSet> needed = new HashMap<>();
  private final Map<RelDigest, Planned> planned = new HashMap<>();
  private final Map<RelDigest, Integer> numbers = new HashMap<>();
  private final Set<RelDigest> common;
  private boolean settled;

  private CommonSubplans(Set<RelDigest> common) {
    this.common = common;
  }

  static CommonSubplans of(RelNode tree) {
    var counts = new HashMap<RelDigest, Integer>();
    count(tree, counts);
    var common = new HashSet<RelDigest>();
    var query = (EstimatingQuery) tree.getCluster().getMetadataQuery();
    choose(tree, counts, common, query.estimator());
    return new CommonSubplans(common);
  }

  boolean any() {
    return !common.isEmpty();
  }

  boolean contains(RelNode rel) {
    return common.contains(rel.getRelDigest());
  }

  /// From now on plans are kept.
  void settle() {
    settled = true;
  }

  Planned plan(
      Context context,
      RelNode rel,
      ImmutableBitSet columns,
      Function<ImmutableBitSet, Planned> plan) {
    RelDigest digest = rel.getRelDigest();
    if (!common.contains(digest)) {
      return plan.apply(columns);
    }
    if (!settled) {
      needed.merge(digest, columns, ImmutableBitSet::union);
      return plan.apply(columns);
    }
    Planned once = planned.get(digest);
    if (once == null) {
      once = plan.apply(needed.getOrDefault(digest, columns));
      planned.put(digest, once);
      numbers.put(digest, numbers.size());
    }
    int number = numbers.getOrDefault(digest, 0);
    var shared = new PhysicalPlan.Shared(context.nextId(), number, once.plan());
    return new Planned(context.estimatedAsInput(shared), once.columns());
  }

  private static void count(RelNode node, Map<RelDigest, Integer> counts) {
    RelNode rel = node.stripped();
    counts.merge(rel.getRelDigest(), 1, Integer::sum);
    rel.getInputs().forEach(i -> count(i, counts));
  }

  private static void choose(
      RelNode node, Map<RelDigest, Integer> counts, Set<RelDigest> chosen, Estimator estimator) {
    RelNode rel = node.stripped();
    boolean repeated = counts.getOrDefault(rel.getRelDigest(), 0) > 1;
    if (repeated && (isCut(rel) || (works(rel) && pays(rel, estimator)))) {
      chosen.add(rel.getRelDigest());
      return;
    }
    rel.getInputs().forEach(i -> choose(i, counts, chosen, estimator));
  }

  private static boolean isCut(RelNode rel) {
    return rel instanceof Sort sort && (sort.fetch != null || sort.offset != null);
  }

  private static boolean works(RelNode rel) {
    return rel instanceof Join
        || rel instanceof Aggregate
        || rel.getInputs().stream().anyMatch(i -> works(i.stripped()));
  }

  private static boolean pays(RelNode rel, Estimator estimator) {
    double read = rowsRead(rel, estimator);
    return read >= MIN_ROWS_READ && estimator.of(rel).rows() <= read * MAX_RESULT;
  }

  private static double rowsRead(RelNode rel, Estimator estimator) {
    return rel instanceof TableScan
        ? estimator.of(rel).rows()
        : rel.getInputs().stream().mapToDouble(i -> rowsRead(i.stripped(), estimator)).sum();
  }
}
