package io.frazil.sql.optimize;

import java.util.List;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.rules.JoinProjectTransposeRule;
import org.apache.calcite.rel.rules.PruneEmptyRules;

/// Calcite's rules in the groups that [Optimizer] applies.
final class RuleSets {
  /// Predicates go down, constants are computed, empty inputs disappear.
  static final List<RelOptRule> PUSH_DOWN =
      List.of(
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
          CoreRules.SORT_REMOVE_CONSTANT_KEYS,
          CoreRules.UNION_MERGE,
          CoreRules.AGGREGATE_REMOVE,
          CoreRules.AGGREGATE_VALUES,
          PruneEmptyRules.FILTER_INSTANCE,
          PruneEmptyRules.PROJECT_INSTANCE,
          PruneEmptyRules.JOIN_LEFT_INSTANCE,
          PruneEmptyRules.JOIN_RIGHT_INSTANCE,
          PruneEmptyRules.AGGREGATE_INSTANCE,
          PruneEmptyRules.SORT_INSTANCE,
          PruneEmptyRules.UNION_INSTANCE,
          PruneEmptyRules.SORT_FETCH_ZERO_INSTANCE);

  /// Subqueries that no join of ours could take.
  static final List<RelOptRule> SUBQUERIES =
      List.of(
          CoreRules.FILTER_SUB_QUERY_TO_CORRELATE,
          CoreRules.PROJECT_SUB_QUERY_TO_CORRELATE,
          CoreRules.JOIN_SUB_QUERY_TO_CORRELATE,
          CoreRules.PROJECT_OVER_SUM_TO_SUM0_RULE);

  /// `(a.x = 1 and b.y = 2) or (a.x = 2 and b.y = 1)` says of `a` alone that x is 1 or 2.
  static final List<RelOptRule> LOCAL_DISJUNCTIONS =
      List.of(CoreRules.EXPAND_FILTER_DISJUNCTION_LOCAL, CoreRules.EXPAND_JOIN_DISJUNCTION_LOCAL);

  static final List<RelOptRule> TRANSITIVE = List.of(CoreRules.JOIN_PUSH_TRANSITIVE_PREDICATES);

  static final List<RelOptRule> SIMPLIFY =
      List.of(
          CoreRules.PROJECT_TO_SEMI_JOIN,
          CoreRules.JOIN_TO_SEMI_JOIN,
          CoreRules.INTERSECT_TO_DISTINCT,
          CoreRules.MINUS_TO_DISTINCT,
          CoreRules.UNION_TO_DISTINCT,
          CoreRules.AGGREGATE_EXPAND_DISTINCT_AGGREGATES_TO_JOIN,
          CoreRules.AGGREGATE_PROJECT_MERGE,
          CoreRules.PROJECT_AGGREGATE_MERGE);

  /// The rule takes a third operand to be a projection, whatever its class: so it has none here.
  private static final RelOptRule PULL_LEFT =
      JoinProjectTransposeRule.Config.DEFAULT
          .withOperandSupplier(b ->
              b.operand(LogicalJoin.class)
                  .predicate(j -> j.getJoinType() == JoinRelType.INNER)
                  .inputs(l -> l.operand(LogicalProject.class).anyInputs()))
          .withDescription("PullProjects(left)")
          .toRule();

  /// Projections out of the way of join ordering. Calcite's own rule fails on semi and anti joins.
  static final List<RelOptRule> PULL_PROJECTS =
      List.of(
          pull("PullProjects(both)", LogicalProject.class, LogicalProject.class),
          PULL_LEFT,
          pull("PullProjects(right)", RelNode.class, LogicalProject.class),
          CoreRules.PROJECT_MERGE,
          CoreRules.PROJECT_REMOVE,
          CoreRules.FILTER_PROJECT_TRANSPOSE,
          CoreRules.FILTER_INTO_JOIN,
          CoreRules.FILTER_MERGE);

  static final List<RelOptRule> MULTI_JOIN =
      List.of(
          CoreRules.JOIN_TO_MULTI_JOIN,
          CoreRules.PROJECT_MULTI_JOIN_MERGE,
          CoreRules.FILTER_MULTI_JOIN_MERGE);

  static final List<RelOptRule> FINISH =
      List.of(
          CoreRules.PROJECT_MERGE,
          CoreRules.PROJECT_REMOVE,
          CoreRules.AGGREGATE_PROJECT_MERGE,
          CoreRules.FILTER_MERGE,
          CoreRules.SORT_PROJECT_TRANSPOSE);

  private RuleSets() {}

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
}
