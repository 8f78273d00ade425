package io.frazil.cli.shell;

import io.frazil.sql.parser.Script;
import java.util.Set;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;
import org.jline.reader.impl.DefaultParser;

/// Says when what was typed is complete: a command at once, SQL once a semicolon ends it. Until
/// then the shell asks for more lines.
final class StatementParser implements Parser {
  private static final Set<String> WORDS = Set.of("exit", "quit", "help");

  private final DefaultParser words = new DefaultParser();

  StatementParser() {
    words.setEscapeChars(null);
    words.setQuoteChars(new char[0]);
    words.setRegexVariable(null);
    words.setRegexCommand(null);
  }

  @Override
  public ParsedLine parse(String line, int cursor, ParseContext context) {
    if (context == ParseContext.ACCEPT_LINE && !isComplete(line)) {
      throw new EOFError(-1, cursor, "the statement goes on until a semicolon");
    }
    return words.parse(line, cursor, context);
  }

  @Override
  public boolean isEscapeChar(char c) {
    return false;
  }

  /// Whether the line is one of the shell's own commands rather than SQL.
  static boolean isCommand(String line) {
    return line.startsWith("\\") || WORDS.contains(line);
  }

  static boolean isComplete(String text) {
    String stripped = text.strip();
    return stripped.isEmpty() || isCommand(stripped) || Script.isComplete(text);
  }
}
