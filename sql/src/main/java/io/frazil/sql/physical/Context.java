package io.frazil.sql.physical;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.sql.ConstantFolder;
import io.frazil.sql.NodeEstimate;
import io.frazil.sql.estimate.EstimatingQuery;
import io.frazil.sql.estimate.RelationEstimate;
import io.frazil.sql.translate.ExpressionTranslator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/// What is gathered while one plan is made: ids, estimates, tables.
final class Context {
  private final FunctionRegistry functions;
  private final ConstantFolder folder;
  private final Map<Integer, NodeEstimate> estimates = new HashMap<>();

  /// How many bytes each column of a node has in a row, on average, by the node's id.
  private final Map<Integer, double[]> widths = new HashMap<>();

  private final Map<Integer, TableProvider> tables = new HashMap<>();

  /// For each hash join, which part of the probe rows each key is thought to let pass.
  private final Map<Integer, double[]> passing = new HashMap<>();

  private int nodes;

  Context(FunctionRegistry functions, ConstantFolder folder) {
    this.functions = functions;
    this.folder = folder;
  }

  FunctionRegistry functions() {
    return functions;
  }

  int nextId() {
    return nodes++;
  }

  Map<Integer, NodeEstimate> estimates() {
    return estimates;
  }

  Map<Integer, TableProvider> tables() {
    return tables;
  }

  Map<Integer, double[]> passing() {
    return passing;
  }

  RelationEstimate estimate(RelNode rel) {
    return ((EstimatingQuery) rel.getCluster().getMetadataQuery()).estimator().of(rel);
  }

  /// Notes that `plan` gives the rows of `rel`.
  ///
  /// @param columns the plan's column for each of the tree's columns that it has
  <P extends PhysicalPlan> P estimated(P plan, RelNode rel, Map<Integer, Integer> columns) {
    RelationEstimate estimate = estimate(rel);
    double[] width = plan.schema().fields().stream().mapToDouble(Context::width).toArray();
    columns.forEach((relational, column) -> width[column] = estimate.width(relational));
    return estimated(plan, estimate.rows(), width, estimate.source());
  }

  private <P extends PhysicalPlan> P estimated(P plan, double rows, double[] width, String source) {
    widths.put(plan.id(), width);
    double bytes = rows * DoubleStream.of(width).sum();
    estimates.put(plan.id(), new NodeEstimate(rows, bytes, source));
    return plan;
  }

  /// Notes that `plan` gives as many rows as its only input, with columns of the same widths where
  /// they are the input's.
  <P extends PhysicalPlan> P estimatedAsInput(P plan) {
    int input = plan.inputs().getFirst().id();
    NodeEstimate known = estimates.get(input);
    double[] width = widths.get(input);
    return known == null || width == null
        ? plan
        : estimated(plan, known.rows(), widthOver(width, plan), known.source());
  }

  private static double[] widthOver(double[] input, PhysicalPlan plan) {
    return plan instanceof PhysicalPlan.Project project
        ? project.expressions().stream()
            .mapToDouble(expression ->
                expression instanceof Expression.Column column
                    ? input[column.index()]
                    : width(expression.type()))
            .toArray()
        : input;
  }

  Expression translate(RexNode node, RelNode over, Planned input) {
    return translate(node, over, ref -> input.reference(ref.getIndex()));
  }

  Expression translate(
      RexNode node, RelNode over, java.util.function.Function<RexInputRef, Expression> column) {
    return new ExpressionTranslator(functions, over.getCluster().getRexBuilder(), column)
        .translate(node);
  }

  /// The same with its constant parts as literals.
  Expression folded(Expression expression) {
    return folder.fold(expression, functions);
  }

  private static double width(Field field) {
    return width(field.type());
  }

  /// What is thought of values of which nothing else is known.
  private static double width(DataType type) {
    return switch (type) {
      case DataType.Simple.BOOLEAN -> 1;
      case DataType.Simple.TINYINT, DataType.Simple.SMALLINT -> 4;
      case DataType.Simple.INTEGER, DataType.Simple.DATE -> 4;
      case DataType.Simple.VARCHAR -> 24;
      case DataType.Decimal(int precision, int _) ->
          precision > DataType.Decimal.MAX_LONG_PRECISION ? 16 : 8;
      case DataType.Simple _, DataType.Timestamp _ -> 8;
    };
  }
}
