package io.frazil.sql.parser;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.sql.parser.generated.ParseException;
import io.frazil.sql.parser.generated.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Syntax errors in the words of whoever wrote the query: what stands there, and a few things that
/// could.
final class SyntaxErrors {
  /// More expectations than this help nobody.
  private static final int MAX_EXPECTED = 8;

  private static final Pattern LEXICAL =
      Pattern.compile("line (\\d+), column (\\d+)\\. +Encountered: (.*)", Pattern.DOTALL);

  /// What is worth naming first where much is possible.
  private static final List<String> COMMON =
      List.of(
          "SELECT", "FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "UNION", "JOIN", "ON",
          "AS", "AND", "OR", "BY", "(", ")", ",", "=", ".", ";");

  private static final String STATEMENTS =
      " Expected one of: SELECT, WITH, VALUES, INSERT, CREATE, DROP, SHOW, EXPLAIN.";

  private static final String UNCLOSED = "A string or quoted name is not closed";

  private static final String A_QUERY = "Query expression encountered in illegal context";
  private static final String NO_QUERY = "Non-query expression encountered in illegal context";

  private SyntaxErrors() {}

  static FrazilException translate(String text, SqlParseException error) {
    Throwable cause = error.getCause();
    for (Throwable t = cause; t != null; t = t.getCause()) {
      if (t instanceof FrazilException ours) {
        return ours;
      }
      if (t instanceof StackOverflowError) {
        return new FrazilException(
            ErrorCode.NOT_SUPPORTED, "The statement is nested too deeply", error);
      }
      if (t instanceof ParseException unexpected && unexpected.currentToken != null) {
        return unexpected(text, unexpected);
      }
      if (t instanceof CalciteContextException context) {
        return contextual(context);
      }
    }
    int start = text.length() - text.stripLeading().length();
    SqlParserPos position = error.getPos();
    if (cause instanceof CalciteException && position != null && !NO_QUERY.equals(message(cause))) {
      String message =
          message(cause).equals(A_QUERY) ? "A query cannot stand here" : message(cause);
      return new FrazilException(ErrorCode.SYNTAX_ERROR, message, Positions.of(position), error);
    }
    Matcher lexical = LEXICAL.matcher(String.valueOf(error.getMessage()));
    if (lexical.find()) {
      var place =
          new FrazilException.Position(
              Integer.parseInt(lexical.group(1)), Integer.parseInt(lexical.group(2)));
      return lexical(text, place, lexical.group(3));
    }
    return at(text, start, "Unexpected '" + text.strip().split("\\s", 2)[0] + "'." + STATEMENTS);
  }

  static FrazilException at(String text, int offset, String message) {
    return new FrazilException(ErrorCode.SYNTAX_ERROR, message, Positions.of(text, offset), null);
  }

  static String firstWord(String text) {
    return text.strip().split("\\W", 2)[0].toUpperCase(Locale.ROOT);
  }

  /// The parser looks two tokens ahead: where it knows a sequence that begins with what stands
  /// there, it is the second token that is wrong.
  private static FrazilException unexpected(String text, ParseException error) {
    Token token = error.currentToken.next;
    var expected = new TreeSet<String>();
    for (int[] sequence : error.expectedTokenSequences) {
      if (sequence.length > 1 && sequence[0] == token.kind && token.next != null) {
        expected.add(name(error.tokenImage[sequence[1]]));
      }
    }
    if (expected.isEmpty()) {
      for (int[] sequence : error.expectedTokenSequences) {
        expected.add(name(error.tokenImage[sequence[0]]));
      }
    } else {
      token = token.next;
    }
    String help = expected(expected);
    if (token.kind == 0) {
      int end = text.stripTrailing().length();
      return at(text, end, "Unexpected end of the statement." + help);
    }
    boolean quote = token.image.equals("'") || token.image.equals("\"");
    return new FrazilException(
        ErrorCode.SYNTAX_ERROR,
        quote ? UNCLOSED : "Unexpected '" + token.image + "'." + help,
        new FrazilException.Position(token.beginLine, token.beginColumn),
        null);
  }

  /// A few of the tokens that could have stood there: where very many fit, none but the common
  /// ones.
  private static String expected(Set<String> names) {
    var chosen = new ArrayList<String>();
    if (names.contains("<UNSIGNED_INTEGER_LITERAL>") && !names.contains("<IDENTIFIER>")) {
      chosen.add("a number");
      names.remove("DECIMAL");
    }
    names.removeIf(n -> n.startsWith("<") && !n.equals("<IDENTIFIER>"));
    if (names.remove("<IDENTIFIER>")) {
      chosen.add("a name");
      names.removeIf(n -> !COMMON.contains(n));
    }
    for (String common : COMMON) {
      if (names.remove(common)) {
        chosen.add(common);
      }
    }
    if (names.size() <= MAX_EXPECTED) {
      chosen.addAll(names);
    }
    if (chosen.isEmpty()) {
      return "";
    }
    List<String> few = chosen.subList(0, Math.min(MAX_EXPECTED, chosen.size()));
    return (few.size() == 1 ? " Expected " : " Expected one of: ")
        + few.stream().map(SyntaxErrors::quoted).collect(Collectors.joining(", "))
        + ".";
  }

  private static String message(Throwable error) {
    return String.valueOf(error.getMessage());
  }

  private static String quoted(String token) {
    return Character.isLetter(token.charAt(0)) ? token : "'" + token + "'";
  }

  private static String name(String image) {
    return image.startsWith("\"") ? image.substring(1, image.length() - 1) : image;
  }

  private static FrazilException contextual(CalciteContextException error) {
    Throwable cause = error.getCause();
    String message = cause == null ? "This cannot be parsed" : String.valueOf(cause.getMessage());
    var position =
        new FrazilException.Position(Math.max(1, error.getPosLine()), error.getPosColumn());
    return new FrazilException(ErrorCode.SYNTAX_ERROR, message, position, null);
  }

  private static FrazilException lexical(
      String text, FrazilException.Position position, String encountered) {
    if (encountered.startsWith("<EOF>")) {
      return new FrazilException(
          ErrorCode.SYNTAX_ERROR, "A string, name or comment is not closed", position, null);
    }
    String line = text.lines().skip(position.line() - 1L).findFirst().orElse("");
    int index = position.column() - 1;
    String character =
        index >= 0 && index < line.length() ? line.substring(index, index + 1) : encountered;
    boolean quote = character.equals("'") || character.equals("\"");
    String message = quote ? UNCLOSED : "Unexpected '" + character + "'.";
    return new FrazilException(ErrorCode.SYNTAX_ERROR, message, position, null);
  }
}
