package io.frazil.sql.parser;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/// Refuses what is nested deeper than parsing and planning have a stack for, before they recurse.
final class Nesting {
  private static final int MAX_PARENTHESES = 1_000;

  /// Each condition that AND or OR adds is one. Planning's time grows with the square of them.
  private static final int MAX_LEVELS = 10_000;

  private Nesting() {}

  /// Before a statement is parsed.
  ///
  /// @throws FrazilException NOT_SUPPORTED
  static void check(String text) {
    int open = 0;
    for (int i = 0; i < text.length(); i = Script.next(text, i)) {
      char c = text.charAt(i);
      if (c == '(' && ++open > MAX_PARENTHESES) {
        throw new FrazilException(
            ErrorCode.NOT_SUPPORTED,
            "The statement is nested too deeply: at most %,d parentheses may be open at once"
                .formatted(MAX_PARENTHESES),
            Positions.of(text, i),
            null);
      }
      if (c == ')') {
        open--;
      }
    }
  }

  /// Before a query is planned.
  ///
  /// @throws FrazilException NOT_SUPPORTED
  static void check(SqlNode query) {
    List<SqlNode> level = List.of(query);
    for (int depth = 1; !level.isEmpty(); depth++) {
      if (depth > MAX_LEVELS) {
        throw new FrazilException(
            ErrorCode.NOT_SUPPORTED,
            "The query is nested too deeply: at most %,d levels are planned".formatted(MAX_LEVELS),
            Positions.of(level.getFirst().getParserPosition()),
            null);
      }
      var next = new ArrayList<SqlNode>();
      for (SqlNode node : level) {
        for (SqlNode child : children(node)) {
          if (child != null) {
            next.add(child);
          }
        }
      }
      level = next;
    }
  }

  private static List<SqlNode> children(SqlNode node) {
    return switch (node) {
      case SqlCall call -> call.getOperandList();
      case SqlNodeList list -> list;
      default -> List.of();
    };
  }
}
