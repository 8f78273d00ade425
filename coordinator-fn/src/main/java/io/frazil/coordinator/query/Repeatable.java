package io.frazil.coordinator.query;

import io.frazil.engine.error.FrazilException;
import io.frazil.sql.Statement;
import io.frazil.sql.parser.StatementParser;

/// Which statements may be begun anew by another coordinator: those that change nothing.
final class Repeatable {
  private Repeatable() {}

  static boolean isRepeatable(String sql) {
    try {
      return isRepeatable(StatementParser.parse(sql));
    } catch (FrazilException e) {
      // It fails again in the same way.
      return true;
    }
  }

  private static boolean isRepeatable(Statement statement) {
    return switch (statement) {
      case Statement.Query _,
          Statement.Explain _,
          Statement.CreateView _,
          Statement.DropView _,
          Statement.ShowTables _,
          Statement.ShowSchemas _,
          Statement.Describe _ ->
          true;
      case Statement.CreateTable _,
          Statement.CreateTableAs _,
          Statement.Insert _,
          Statement.DropTable _,
          Statement.CreateSchema _,
          Statement.DropSchema _ ->
          false;
    };
  }
}
