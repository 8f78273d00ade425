package io.frazil.sql.optimize;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptSchema;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.tools.RelBuilder;

/// A correlated subquery that stands for a value counts its rows, and the outer row that takes the
/// value looks at the count:
///
///     Correlate                           Project(L.*, single_row(v, n, $outer.y))
///       L                          ->       Correlate
///       Aggregate(single_value(x))            L
///         R                                   Aggregate(any_value(x) as v, sum(1) as n)
///                                               R
///
/// Decorrelated, the aggregate is of all keys of R. That one has several rows is an error only if
/// an outer row has that key.
final class CheckSubqueryRows {
  private static final SqlOperator SINGLE_ROW =
      new SqlFunction(
          "single_row",
          SqlKind.OTHER_FUNCTION,
          ReturnTypes.ARG0_FORCE_NULLABLE,
          null,
          OperandTypes.VARIADIC,
          SqlFunctionCategory.USER_DEFINED_FUNCTION);

  private CheckSubqueryRows() {}

  /// All of a tree, subqueries of subqueries first.
  static RelNode rewrite(RelNode tree, RelOptSchema schema) {
    return tree.accept(
        new RelHomogeneousShuttle() {
          @Override
          public RelNode visit(RelNode node) {
            RelNode inner = super.visit(node);
            return inner instanceof LogicalCorrelate correlate
                    && correlate.getRight() instanceof LogicalAggregate aggregate
                    && isSingleValue(aggregate)
                    && !correlate.getRequiredColumns().isEmpty()
                ? checked(correlate, aggregate, schema)
                : inner;
          }
        });
  }

  private static boolean isSingleValue(LogicalAggregate aggregate) {
    return aggregate.getGroupCount() == 0
        && aggregate.getAggCallList().size() == 1
        && aggregate.getAggCallList().getFirst().getAggregation().getKind() == SqlKind.SINGLE_VALUE;
  }

  private static RelNode checked(
      Correlate correlate, LogicalAggregate aggregate, RelOptSchema schema) {
    RexBuilder expressions = correlate.getCluster().getRexBuilder();
    RelDataType whole = expressions.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
    RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(correlate.getCluster(), schema);
    int argument = aggregate.getAggCallList().getFirst().getArgList().getFirst();
    builder.push(aggregate.getInput());
    builder.project(builder.field(argument), expressions.makeExactLiteral(BigDecimal.ONE, whole));
    builder.aggregate(
        builder.groupKey(),
        builder.aggregateCall(SqlStdOperatorTable.ANY_VALUE, builder.field(0)).as("value"),
        builder.aggregateCall(SqlStdOperatorTable.SUM, builder.field(1)).as("rows"));
    RelNode counting =
        correlate.copy(
            correlate.getTraitSet(),
            correlate.getLeft(),
            builder.build(),
            correlate.getCorrelationId(),
            correlate.getRequiredColumns(),
            correlate.getJoinType());
    int value = correlate.getLeft().getRowType().getFieldCount();
    var columns = new ArrayList<RexNode>();
    for (int i = 0; i < value; i++) {
      columns.add(expressions.makeInputRef(counting, i));
    }
    RexNode outer =
        expressions.makeInputRef(counting, correlate.getRequiredColumns().nextSetBit(0));
    columns.add(
        expressions.makeCall(
            correlate.getRowType().getFieldList().get(value).getType(),
            SINGLE_ROW,
            List.of(
                expressions.makeInputRef(counting, value),
                expressions.makeInputRef(counting, value + 1),
                outer)));
    return LogicalProject.create(
        counting, List.of(), columns, correlate.getRowType().getFieldNames(), Set.of());
  }
}
