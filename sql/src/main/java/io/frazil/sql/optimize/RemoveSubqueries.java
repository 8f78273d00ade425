package io.frazil.sql.optimize;

import java.util.Objects;
import java.util.Set;
import org.apache.calcite.plan.RelOptRuleCall;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.rules.SubQueryRemoveRule;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.ImmutableIntList;

/// Subqueries in expressions become joins. A comparison with some of a subquery's values is one
/// with the least or the greatest of them, or, for `<>`, with both:
///
///     Filter(x < some(R))        Filter(x < most, or null if that isn't true and R has nulls)
///       L                   ->     Join
///                                    L
///                                    Aggregate(max(y) as most, count(*), count(y))
///                                      R
///
/// Calcite's own rewriting of these finds the aggregate's columns by their names, and the outer
/// query's first. Nor does it know that a semi join gives nothing of its right side.
final class RemoveSubqueries extends SubQueryRemoveRule {
  RemoveSubqueries(String name, Config config) {
    super(config.withDescription(name).as(Config.class));
  }

  @Override
  public void onMatch(RelOptRuleCall call) {
    if (call.rel(0) instanceof Join join && !join.getJoinType().projectsRight()) {
      RexSubQuery query = Objects.requireNonNull(RexUtil.SubQueryFinder.find(join.getCondition()));
      Set<CorrelationId> variables = RelOptUtil.getVariablesUsed(query.rel);
      variables.retainAll(join.getVariablesSet());
      ImmutableBitSet columns = RelOptUtil.InputFinder.bits(query.getOperands(), null);
      for (CorrelationId id : variables) {
        columns = columns.union(RelOptUtil.correlationColumns(id, query.rel));
      }
      int left = join.getLeft().getRowType().getFieldCount();
      if (!columns.isEmpty() && columns.length() <= left) {
        call.transformTo(beside(join, query, variables, call.builder()));
        return;
      }
    }
    super.onMatch(call);
  }

  /// The subquery of a semi or anti join's condition as a column of the left side, which may be
  /// null where the subquery is: only the condition says which rows there are.
  private RelNode beside(
      Join join, RexSubQuery query, Set<CorrelationId> variables, RelBuilder builder) {
    int left = join.getLeft().getRowType().getFieldCount();
    builder.push(join.getLeft());
    RexNode value =
        apply(query, variables, RelOptUtil.Logic.TRUE_FALSE_UNKNOWN, builder, 1, left, 0);
    int added = builder.peek().getRowType().getFieldCount() - left;
    RexNode condition =
        RexUtil.shift(join.getCondition(), left, added)
            .accept(
                new RexShuttle() {
                  @Override
                  public RexNode visitSubQuery(RexSubQuery other) {
                    return other.equals(query) ? value : other;
                  }
                });
    builder.push(join.getRight());
    builder.join(join.getJoinType(), condition);
    return builder.project(builder.fields(ImmutableIntList.range(0, left))).build();
  }

  @Override
  protected RexNode apply(
      RexSubQuery query,
      Set<CorrelationId> variables,
      RelOptUtil.Logic logic,
      RelBuilder builder,
      int inputs,
      int offset,
      int number) {
    return query.getKind() == SqlKind.SOME
        ? some(query, variables, builder)
        : super.apply(query, variables, logic, builder, inputs, offset, number);
  }

  /// @param builder the outer query's input is on top of it, and then that with the aggregate
  private static RexNode some(RexSubQuery query, Set<CorrelationId> variables, RelBuilder builder) {
    int least = builder.peek().getRowType().getFieldCount();
    int most = least + 1;
    int rows = least + 2;
    int values = least + 3;
    builder.push(query.rel);
    builder.aggregate(
        builder.groupKey(),
        builder.min(builder.field(0)).as("least"),
        builder.max(builder.field(0)).as("most"),
        builder.countStar("rows"),
        builder.count(false, "values", builder.field(0)));
    // The aggregate of no rows, which is a row, may get lost with the correlation.
    builder.join(
        variables.isEmpty() ? JoinRelType.INNER : JoinRelType.LEFT,
        builder.literal(true),
        variables);
    RexBuilder expressions = builder.getRexBuilder();
    RexNode operand = query.getOperands().getFirst();
    SqlKind comparison = ((SqlQuantifyOperator) query.op).comparisonKind;
    SqlOperator operator = RexUtil.op(comparison);
    RexNode withLeast = builder.call(operator, operand, builder.field(least));
    RexNode withMost = builder.call(operator, operand, builder.field(most));
    RexNode any =
        switch (comparison) {
          case LESS_THAN, LESS_THAN_OR_EQUAL -> withMost;
          case GREATER_THAN, GREATER_THAN_OR_EQUAL -> withLeast;
          case NOT_EQUALS -> builder.or(withLeast, withMost);
          default -> throw new IllegalStateException("not a quantified comparison: " + query);
        };
    RexNode result =
        builder.call(
            SqlStdOperatorTable.CASE,
            builder.or(
                builder.isNull(builder.field(rows)),
                builder.equals(builder.field(rows), builder.literal(0))),
            builder.literal(false),
            builder.call(SqlStdOperatorTable.IS_TRUE, any),
            builder.literal(true),
            builder.greaterThan(builder.field(rows), builder.field(values)),
            expressions.makeNullLiteral(builder.literal(true).getType()),
            any);
    return query.getType().isNullable()
        ? result
        : builder.cast(result, query.getType().getSqlTypeName());
  }
}
