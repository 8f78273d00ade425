package io.frazil.sql.optimize;

import java.util.List;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.hep.HepMatchOrder;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.rules.JoinProjectTransposeRule;
import org.apache.calcite.rel.rules.PruneEmptyRules;
import org.apache.calcite.rel.rules.SubQueryRemoveRule;

/// Calcite's rules in the groups that [Optimizer] applies, each until none of it changes the tree.
enum Phase {
  /// Subqueries that no join of ours could take.
  SUBQUERIES(
      HepMatchOrder.ARBITRARY,
      new RemoveSubqueries("RemoveSubqueries(filter)", SubQueryRemoveRule.Config.FILTER),
      new RemoveSubqueries("RemoveSubqueries(project)", SubQueryRemoveRule.Config.PROJECT),
      new RemoveSubqueries("RemoveSubqueries(join)", SubQueryRemoveRule.Config.JOIN)),

  /// Predicates go down, constants are computed, empty inputs disappear.
  PUSH_DOWN(
      HepMatchOrder.ARBITRARY,
      CoreRules.FILTER_REDUCE_EXPRESSIONS,
      CoreRules.PROJECT_REDUCE_EXPRESSIONS,
      CoreRules.JOIN_REDUCE_EXPRESSIONS,
      CoreRules.FILTER_MERGE,
      CoreRules.PROJECT_MERGE,
      CoreRules.PROJECT_REMOVE,
      CoreRules.FILTER_INTO_JOIN,
      CoreRules.JOIN_CONDITION_PUSH,
      CoreRules.FILTER_PROJECT_TRANSPOSE,
      CoreRules.FILTER_AGGREGATE_TRANSPOSE,
      CoreRules.FILTER_SET_OP_TRANSPOSE,
      CoreRules.UNION_MERGE,
      CoreRules.AGGREGATE_REMOVE,
      CoreRules.AGGREGATE_VALUES,
      PruneEmptyRules.FILTER_INSTANCE,
      PruneEmptyRules.PROJECT_INSTANCE,
      PruneEmptyRules.JOIN_LEFT_INSTANCE,
      PruneEmptyRules.JOIN_RIGHT_INSTANCE,
      PruneEmptyRules.SORT_INSTANCE,
      PruneEmptyRules.UNION_INSTANCE,
      PruneEmptyRules.SORT_FETCH_ZERO_INSTANCE),

  /// `(a.x = 1 and b.y = 2) or (a.x = 2 and b.y = 1)` says of `a` alone that x is 1 or 2.
  LOCAL_DISJUNCTIONS(
      HepMatchOrder.BOTTOM_UP,
      CoreRules.EXPAND_FILTER_DISJUNCTION_LOCAL,
      CoreRules.EXPAND_JOIN_DISJUNCTION_LOCAL),

  /// What is known of a key holds on the other side of a join.
  TRANSITIVE(HepMatchOrder.BOTTOM_UP, new PushTransitivePredicates()),

  /// What the engine has one way to do, and what needs less than it asks for.
  SIMPLIFY(
      HepMatchOrder.ARBITRARY,
      CoreRules.PROJECT_TO_SEMI_JOIN,
      CoreRules.INTERSECT_TO_DISTINCT,
      CoreRules.MINUS_TO_DISTINCT,
      CoreRules.UNION_TO_DISTINCT,
      CoreRules.AGGREGATE_EXPAND_DISTINCT_AGGREGATES_TO_JOIN,
      CoreRules.AGGREGATE_PROJECT_MERGE),

  /// Projections out of the way of join ordering. Calcite's own rule fails on semi and anti joins.
  PULL_PROJECTS(
      HepMatchOrder.BOTTOM_UP,
      pull("PullProjects(both)", LogicalProject.class, LogicalProject.class),
      pullLeft(),
      pull("PullProjects(right)", RelNode.class, LogicalProject.class),
      CoreRules.PROJECT_MERGE,
      CoreRules.FILTER_PROJECT_TRANSPOSE),

  /// Joins that stand on each other become one, whose orders are all looked at.
  HYPER_GRAPH(HepMatchOrder.BOTTOM_UP, CoreRules.JOIN_TO_HYPER_GRAPH),

  /// The same, for an order that is found greedily.
  MULTI_JOIN(
      HepMatchOrder.BOTTOM_UP, CoreRules.JOIN_TO_MULTI_JOIN, CoreRules.PROJECT_MULTI_JOIN_MERGE),

  GREEDY_ORDER(HepMatchOrder.BOTTOM_UP, CoreRules.MULTI_JOIN_OPTIMIZE),

  FINISH(
      HepMatchOrder.ARBITRARY,
      CoreRules.PROJECT_MERGE,
      CoreRules.AGGREGATE_PROJECT_MERGE,
      new SortProjectTranspose());

  private final HepMatchOrder order;

  /// Rules hold nothing that changes.
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<RelOptRule> rules;

  Phase(HepMatchOrder order, RelOptRule... rules) {
    this.order = order;
    this.rules = List.of(rules);
  }

  HepMatchOrder order() {
    return order;
  }

  List<RelOptRule> rules() {
    return rules;
  }

  private static RelOptRule pull(
      String name, Class<? extends RelNode> left, Class<? extends RelNode> right) {
    return JoinProjectTransposeRule.Config.DEFAULT
        .withOperandSupplier(b ->
            b.operand(LogicalJoin.class)
                .predicate(j -> j.getJoinType() == JoinRelType.INNER)
                .inputs(l -> l.operand(left).anyInputs(), r -> r.operand(right).anyInputs()))
        .withDescription(name)
        .toRule();
  }

  /// The rule takes a third operand to be a projection, whatever its class: so it has none here.
  private static RelOptRule pullLeft() {
    return JoinProjectTransposeRule.Config.DEFAULT
        .withOperandSupplier(b ->
            b.operand(LogicalJoin.class)
                .predicate(j -> j.getJoinType() == JoinRelType.INNER)
                .inputs(l -> l.operand(LogicalProject.class).anyInputs()))
        .withDescription("PullProjects(left)")
        .toRule();
  }
}
