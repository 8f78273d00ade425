package io.frazil.sql.physical;

import io.frazil.engine.expression.Expression;
import io.frazil.engine.plan.PhysicalPlan;
import io.frazil.engine.type.Field;
import java.util.List;
import java.util.Map;

/// A node of the engine's plan and where in it the columns of the tree's node are.
///
/// @param columns the plan's column for each of the tree's columns that was asked for
record Planned(PhysicalPlan plan, Map<Integer, Integer> columns) {
  Planned {
    columns = Map.copyOf(columns);
  }

  int column(int relational) {
    Integer column = columns.get(relational);
    if (column == null) {
      throw new IllegalStateException("column " + relational + " was not asked for");
    }
    return column;
  }

  List<Integer> columns(List<Integer> relational) {
    return relational.stream().map(this::column).toList();
  }

  /// A column of the tree's node as an expression over the plan.
  Expression reference(int relational) {
    return reference(plan, column(relational));
  }

  static Expression reference(PhysicalPlan plan, int column) {
    Field field = plan.schema().field(column);
    return new Expression.Column(column, field.name(), field.type(), field.nullable());
  }
}
