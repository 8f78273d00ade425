package io.frazil.coordinator.query;

import io.frazil.engine.error.FrazilException;
import io.frazil.sql.parser.StatementParser;

/// Which statements may be stopped at any time as if they had not begun, and begun anew by another
/// coordinator: those that change nothing.
final class Repeatable {
  private Repeatable() {}

  static boolean isRepeatable(String sql) {
    try {
      return !StatementParser.parse(sql).writes();
    } catch (FrazilException e) {
      // It fails again in the same way.
      return true;
    }
  }
}
