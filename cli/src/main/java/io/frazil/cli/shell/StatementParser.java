package io.frazil.cli.shell;

import java.util.List;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.impl.DefaultParser;

/// Says when what was typed is complete: a line that begins with a backslash at once, SQL once it
/// ends with a semicolon outside of quotes and comments. Until then the shell asks for more lines.
final class StatementParser implements Parser {
  private final DefaultParser words = new DefaultParser();

  StatementParser() {
    words.setEscapeChars(null);
    words.setQuoteChars(new char[0]);
    words.setEofOnUnclosedQuote(false);
    words.setRegexVariable(null);
    words.setRegexCommand(null);
  }

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    if (context == ParseContext.ACCEPT_LINE && !isComplete(line)) {
      throw new EOFError(-1, cursor, "the statement goes on until a semicolon", "");
    }
    return words.parse(line, cursor, context);
  }

  @Override
  public boolean isEscapeChar(char c) {
    return false;
  }

  static boolean isComplete(String text) {
    String stripped = text.strip();
    if (stripped.isEmpty() || stripped.startsWith("\\")) {
      return true;
    }
    return List.of("exit", "quit", "help").contains(stripped) || endsStatement(stripped);
  }

  /// Whether the last thing outside of quotes and comments is a semicolon.
  private static boolean endsStatement(String text) {
    boolean ended = false;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '\'' || c == '"') {
        i = text.indexOf(c, i + 1);
        ended = false;
      } else if (text.startsWith("--", i)) {
        i = text.indexOf('\n', i);
      } else if (text.startsWith("/*", i)) {
        i = text.indexOf("*/", i + 2);
        i = i < 0 ? i : i + 1;
      } else if (!Character.isWhitespace(c)) {
        ended = c == ';';
      }
      if (i < 0) {
        return ended && text.lastIndexOf("--") >= 0 && !text.endsWith("'");
      }
      i++;
    }
    return ended;
  }
}
