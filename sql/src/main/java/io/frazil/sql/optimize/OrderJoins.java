package io.frazil.sql.optimize;

import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.rules.HyperGraph;
import org.jspecify.annotations.Nullable;

/// Orders joins by cost: all orders of up to ten relations are looked at, more are ordered
/// greedily.
final class OrderJoins {
  private static final int MAX_EXHAUSTIVE = 10;

  private final Rules rules;

  OrderJoins(Rules rules) {
    this.rules = rules;
  }

  RelNode order(RelNode tree) {
    int joins = joins(tree);
    if (joins == 0) {
      return tree;
    }
    RelNode pulled = rules.apply(tree, Phase.PULL_PROJECTS);
    RelNode best = joins < MAX_EXHAUSTIVE ? exhaustive(pulled) : null;
    return best == null ? greedy(pulled) : best;
  }

  private RelNode greedy(RelNode tree) {
    return rules.apply(rules.apply(tree, Phase.MULTI_JOIN), Phase.GREEDY_ORDER);
  }

  /// The best order of each group of joins, or null where there is one too large to search.
  private @Nullable RelNode exhaustive(RelNode tree) {
    RelNode graph = rules.apply(tree, Phase.HYPER_GRAPH);
    var search = new Search();
    RelNode ordered = graph.accept(search);
    return search.gaveUp ? null : ordered;
  }

  /// The most joins that stand on each other without anything but filters and projections between.
  private static int joins(RelNode node) {
    int most = 0;
    int sum = 0;
    for (RelNode input : node.getInputs()) {
      int below = joins(input);
      most = Math.max(most, below);
      sum += below;
    }
    return node instanceof Join ? sum + 1 : most;
  }

  private static final class Search extends RelHomogeneousShuttle {
    private boolean gaveUp;

    @Override
    public RelNode visit(RelNode node) {
      RelNode visited = super.visit(node);
      if (!(visited instanceof HyperGraph graph)) {
        return visited;
      }
      RelNode best = new JoinSearch(graph).order();
      gaveUp |= best == null;
      return best == null ? visited : best;
    }
  }
}
