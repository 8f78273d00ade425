package io.frazil.cli.shell;

import io.frazil.sql.parser.Script;
import java.util.List;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/// Says when what was typed is complete: a command at once, SQL once a semicolon ends it. Until
/// then the shell asks for more lines.
final class StatementParser implements Parser {
  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    if (context == ParseContext.ACCEPT_LINE && !isComplete(line)) {
      throw new EOFError(-1, cursor, "the statement goes on until a semicolon");
    }
    return Typed.at(line, cursor);
  }

  @Override
  public boolean isEscapeChar(char c) {
    return false;
  }

  static boolean isComplete(String text) {
    return text.isBlank() || ShellCommand.of(text).isPresent() || Script.isComplete(text);
  }

  /// A text and the name in it that ends at the cursor, which may have points in it: what
  /// completion replaces.
  ///
  /// @param before the last word or sign before it, or nothing
  record Typed(String line, int cursor, String word, String before) implements ParsedLine {
    static Typed at(String line, int cursor) {
      int start = cursor;
      while (start > 0 && isNamePart(line.charAt(start - 1))) {
        start--;
      }
      String rest = line.substring(0, start).stripTrailing();
      int from = rest.length();
      while (from > 0 && isNamePart(rest.charAt(from - 1))) {
        from--;
      }
      String before = from < rest.length() ? rest.substring(from) : last(rest);
      return new Typed(line, cursor, line.substring(start, cursor), before);
    }

    private static boolean isNamePart(char c) {
      return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '$' || c == '\\';
    }

    private static String last(String text) {
      return text.isEmpty() ? "" : text.substring(text.length() - 1);
    }

    @Override
    public int wordCursor() {
      return word.length();
    }

    @Override
    public int wordIndex() {
      return 0;
    }

    @Override
    public List<String> words() {
      return List.of(word);
    }
  }
}
