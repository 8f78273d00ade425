package io.frazil.sql;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// Brings a query's columns into the form of the table that they are inserted into.
final class InsertColumns {
  private InsertColumns() {}

  static PlannedQuery fit(PlannedQuery query, Statement.Insert insert, Schema table) {
    List<String> names =
        insert.columns().isEmpty()
            ? table.fields().stream().map(Field::name).toList()
            : insert.columns();
    Schema given = query.schema();
    if (given.size() != names.size()) {
      throw new FrazilException(
          ErrorCode.INVALID_QUERY,
          "INSERT names %d columns, its query gives %d".formatted(names.size(), given.size()));
    }
    for (String name : names) {
      if (table.indexOf(name).isEmpty()) {
        throw new FrazilException(
            ErrorCode.COLUMN_NOT_FOUND,
            "Table '%s' has no column '%s'".formatted(String.join(".", insert.table()), name));
      }
    }
    var expressions = new ArrayList<Expression>();
    for (Field field : table.fields()) {
      int source = names.indexOf(field.name());
      expressions.add(source < 0 ? missing(field) : cast(given, source, field));
    }
    var project =
        new PhysicalPlan.Project(
            largestId(query.root()) + 1,
            query.root(),
            expressions,
            table.fields().stream().map(Field::name).toList());
    var estimates = new HashMap<>(query.estimates());
    NodeEstimate estimate = query.estimates().get(query.root().id());
    if (estimate != null) {
      estimates.put(project.id(), estimate);
    }
    return new PlannedQuery(
        project, project.schema(), query.tables(), estimates, query.logicalPlan());
  }

  private static Expression missing(Field field) {
    if (!field.nullable()) {
      throw new FrazilException(
          ErrorCode.INVALID_QUERY, "Column '" + field.name() + "' needs a value: it is not null");
    }
    return new Expression.Literal(null, field.type());
  }

  private static Expression cast(Schema given, int source, Field target) {
    Field field = given.field(source);
    var column = new Expression.Column(source, field.name(), field.type(), field.nullable());
    if (field.type().equals(target.type())) {
      return column;
    }
    if (!assignable(field.type(), target.type())) {
      throw new FrazilException(
          ErrorCode.TYPE_MISMATCH,
          "Column '%s' is %s and takes no %s"
              .formatted(target.name(), target.type().text(), field.type().text()));
    }
    return new Expression.Cast(column, target.type(), Expression.OnError.FAIL);
  }

  /// Whether values are cast without being asked to: within a kind, and from text.
  private static boolean assignable(DataType from, DataType to) {
    boolean numbers = from.isNumeric() && to.isNumeric();
    boolean fromTime = from == Types.DATE || from instanceof DataType.Timestamp;
    boolean toTime = to == Types.DATE || to instanceof DataType.Timestamp;
    return numbers || (fromTime && toTime) || from == Types.VARCHAR;
  }

  private static int largestId(PhysicalPlan plan) {
    int largest = plan.id();
    for (PhysicalPlan input : plan.inputs()) {
      largest = Math.max(largest, largestId(input));
    }
    return largest;
  }
}
