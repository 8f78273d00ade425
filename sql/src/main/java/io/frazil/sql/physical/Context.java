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
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/// What is gathered while one plan is made: ids, estimates, tables.
final class Context {
  private final FunctionRegistry functions;
  private final ConstantFolder folder;
  private final Map<Integer, NodeEstimate> estimates = new HashMap<>();
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
  <P extends PhysicalPlan> P estimated(P plan, RelNode rel) {
    RelationEstimate estimate = estimate(rel);
    return estimated(plan, estimate.rows(), estimate.source());
  }

  <P extends PhysicalPlan> P estimated(P plan, double rows, String source) {
    double width = plan.schema().fields().stream().mapToDouble(Context::width).sum();
    estimates.put(plan.id(), new NodeEstimate(rows, rows * width, source));
    return plan;
  }

  /// Notes that `plan` gives as many rows as its only input.
  <P extends PhysicalPlan> P estimatedAsInput(P plan) {
    NodeEstimate input = estimates.get(plan.inputs().getFirst().id());
    return input == null ? plan : estimated(plan, input.rows(), input.source());
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
    return switch (field.type()) {
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
