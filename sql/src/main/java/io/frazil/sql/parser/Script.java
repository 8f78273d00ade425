package io.frazil.sql.parser;

import java.util.ArrayList;
import java.util.List;

/// A text of several statements separated by `;`. Those inside strings, quoted names and comments
/// separate nothing.
public final class Script {
  private Script() {}

  /// The statements, each at its place: blanks stand for what came before, so that positions in
  /// errors are those of the whole text. Empty statements are left out.
  public static List<String> split(String text) {
    var statements = new ArrayList<String>();
    int start = 0;
    int i = 0;
    while (i < text.length()) {
      if (text.charAt(i) == ';') {
        add(statements, text, start, i);
        start = i + 1;
      }
      i = next(text, i);
    }
    add(statements, text, start, text.length());
    return statements;
  }

  /// Whether the text ends inside a statement that a `;` has not ended yet: a shell asks for more.
  public static boolean isComplete(String text) {
    int last = -1;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      int next = next(text, i);
      boolean comment = next > i + 1 && (c == '-' || c == '/');
      if (!comment && !Character.isWhitespace(c)) {
        last = next > text.length() ? -1 : c;
      }
      i = next;
    }
    return last == ';';
  }

  private static void add(List<String> statements, String text, int start, int end) {
    if (!isBlank(text, start, end)) {
      statements.add(Positions.blank(text.substring(0, start)) + text.substring(start, end));
    }
  }

  private static boolean isBlank(String text, int start, int end) {
    int i = start;
    while (i < end) {
      int next = next(text, i);
      char c = text.charAt(i);
      boolean comment = next > i + 1 && (c == '-' || c == '/');
      if (!comment && !Character.isWhitespace(c)) {
        return false;
      }
      i = next;
    }
    return true;
  }

  /// Past the character, string, quoted name or comment at `i`; beyond the end where it is not
  /// closed.
  static int next(String text, int i) {
    return switch (text.charAt(i)) {
      case '\'', '"' -> after(text, text.indexOf(text.charAt(i), i + 1), 1);
      case '-' -> text.startsWith("--", i) ? lineEnd(text, i) : i + 1;
      case '/' -> text.startsWith("/*", i) ? after(text, text.indexOf("*/", i + 2), 2) : i + 1;
      default -> i + 1;
    };
  }

  private static int lineEnd(String text, int i) {
    int end = text.indexOf('\n', i);
    return end < 0 ? text.length() : end + 1;
  }

  private static int after(String text, int end, int length) {
    return end < 0 ? text.length() + 1 : end + length;
  }
}
