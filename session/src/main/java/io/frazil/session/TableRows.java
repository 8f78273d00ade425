package io.frazil.session;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.sql.PlannedQuery;
import java.util.ArrayList;
import java.util.List;

/// Makes a query's rows those of a table: its columns in order, of its types.
///
/// ```
///   Query(a, b)   →   Project(cast(b), null, cast(a))
///                       Query(a, b)
/// ```
final class TableRows {
  private TableRows() {}

  /// @param columns which of the table's columns the query gives; empty for all, in order
  /// @param name the table's, for messages
  static PlannedQuery of(PlannedQuery query, Schema table, List<String> columns, String name) {
    List<Integer> targets = targets(query.schema(), table, columns, name);
    var expressions = new ArrayList<Expression>();
    for (int i = 0; i < table.size(); i++) {
      int source = targets.indexOf(i);
      Field target = table.field(i);
      expressions.add(
          source < 0
              ? new Expression.Literal(null, target.type())
              : converted(source, query.schema().field(source), target));
      if (source < 0 && !target.nullable()) {
        throw new FrazilException(
            ErrorCode.INVALID_QUERY,
            "Column '%s' of table '%s' is NOT NULL and gets no value"
                .formatted(target.name(), name));
      }
    }
    PhysicalPlan root =
        new PhysicalPlan.Project(
            nextId(query.root()),
            query.root(),
            expressions,
            table.fields().stream().map(Field::name).toList());
    return new PlannedQuery(
        root, root.schema(), query.tables(), query.estimates(), query.logicalPlan());
  }

  private static List<Integer> targets(
      Schema query, Schema table, List<String> columns, String name) {
    var targets = new ArrayList<Integer>();
    if (columns.isEmpty()) {
      for (int i = 0; i < table.size(); i++) {
        targets.add(i);
      }
    }
    for (String column : columns) {
      int index =
          table
              .indexOf(column)
              .orElseThrow(() ->
                  new FrazilException(
                      ErrorCode.COLUMN_NOT_FOUND,
                      "Table '%s' has no column '%s'".formatted(name, column)));
      if (targets.contains(index)) {
        throw new FrazilException(
            ErrorCode.INVALID_QUERY, "Column '" + column + "' is named twice");
      }
      targets.add(index);
    }
    if (targets.size() != query.size()) {
      throw new FrazilException(
          ErrorCode.TYPE_MISMATCH,
          "Table '%s' takes %d columns here, the query gives %d"
              .formatted(name, targets.size(), query.size()));
    }
    return targets;
  }

  private static Expression converted(int source, Field from, Field target) {
    var column = new Expression.Column(source, from.name(), from.type(), from.nullable());
    return from.type().equals(target.type())
        ? column
        : new Expression.Cast(column, target.type(), Expression.OnError.FAIL);
  }

  private static int nextId(PhysicalPlan plan) {
    int id = plan.id() + 1;
    for (PhysicalPlan input : plan.inputs()) {
      id = Math.max(id, nextId(input));
    }
    return id;
  }
}
