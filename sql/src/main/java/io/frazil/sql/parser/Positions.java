package io.frazil.sql.parser;

import io.frazil.engine.error.FrazilException;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// Places in SQL text, from Calcite's form to ours.
public final class Positions {
  private Positions() {}

  /// Where a node begins, or null where nobody wrote it.
  public static FrazilException.@Nullable Position of(SqlParserPos position) {
    return position.getLineNum() < 1
        ? null
        : new FrazilException.Position(position.getLineNum(), position.getColumnNum());
  }

  static FrazilException.Position of(String text, int offset) {
    int line = (int) text.substring(0, offset).chars().filter(c -> c == '\n').count() + 1;
    return new FrazilException.Position(line, offset - text.lastIndexOf('\n', offset - 1));
  }

  /// The text with everything but `position` blank, so that what remains stands where it stood.
  static String isolate(String text, SqlParserPos position) {
    int start = offset(text, position.getLineNum(), position.getColumnNum());
    int end = offset(text, position.getEndLineNum(), position.getEndColumnNum()) + 1;
    return blank(text.substring(0, start)) + text.substring(start, Math.min(end, text.length()));
  }

  /// The text with everything up to `position`, and a parenthesis that ends it, blank.
  static String after(String text, SqlParserPos position) {
    int start = offset(text, position.getEndLineNum(), position.getEndColumnNum()) + 1;
    while (start < text.length()
        && (Character.isWhitespace(text.charAt(start)) || text.charAt(start) == ')')) {
      start++;
    }
    return blank(text.substring(0, start)) + text.substring(start);
  }

  /// Blanks of the same shape: line breaks stay.
  static String blank(String text) {
    var blank = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      blank.append(c == '\n' || c == '\r' ? c : ' ');
    }
    return blank.toString();
  }

  private static int offset(String text, int line, int column) {
    int offset = 0;
    for (int i = 1; i < line; i++) {
      int next = text.indexOf('\n', offset);
      if (next < 0) {
        break;
      }
      offset = next + 1;
    }
    return Math.min(offset + column - 1, text.length());
  }
}
