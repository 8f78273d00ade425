package io.frazil.coordinator.query;

import io.frazil.engine.error.FrazilException;
import io.frazil.sql.Statement;
import io.frazil.sql.parser.StatementParser;

/// Which statements may be begun anew by another coordinator: those that change nothing.
final class Repeatable {
  private Repeatable() {}

  /// Whether a statement can be stopped at any time as if it had not begun: EXPLAIN ANALYZE runs a
  /// query before anybody has a hold of it.
  static boolean isTriable(String sql) {
    try {
      Statement statement = StatementParser.parse(sql);
      return !statement.writes()
          && !(statement instanceof Statement.Explain(_, Statement.Depth depth)
              && depth == Statement.Depth.ANALYZE);
    } catch (FrazilException e) {
      return true;
    }
  }

  static boolean isRepeatable(String sql) {
    try {
      return !StatementParser.parse(sql).writes();
    } catch (FrazilException e) {
      // It fails again in the same way.
      return true;
    }
  }
}
