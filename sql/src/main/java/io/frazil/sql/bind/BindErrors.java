package io.frazil.sql.bind;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.sql.parser.DeepStack;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.runtime.CalciteException;
import org.jspecify.annotations.Nullable;

/// Calcite's complaints as errors of ours.
final class BindErrors {
  /// A message of Calcite's, its code here, and what to say instead.
  private record Rule(
      Pattern pattern, ErrorCode code, BiFunction<Matcher, Suggestions, String> message) {
    Rule(String pattern, ErrorCode code, BiFunction<Matcher, Suggestions, String> message) {
      this(Pattern.compile(pattern, Pattern.DOTALL), code, message);
    }
  }

  private static final List<Rule> RULES =
      List.of(
          new Rule(
              "Column '(.*?)' not found in (?:any table|table '.*?').*",
              ErrorCode.COLUMN_NOT_FOUND,
              (m, near) ->
                  "Column '" + m.group(1) + "' cannot be resolved." + near.column(m.group(1))),
          new Rule(
              "The definition of column '(.*?)' depends on itself.*",
              ErrorCode.COLUMN_NOT_FOUND,
              (m, near) ->
                  "Column '" + m.group(1) + "' cannot be resolved." + near.column(m.group(1))),
          new Rule(
              "Unknown target column '(.*?)'.*",
              ErrorCode.COLUMN_NOT_FOUND,
              (m, near) -> "Column '" + m.group(1) + "' cannot be resolved."),
          new Rule(
              "(?:Object|Table) '\u0000files' not found.*",
              ErrorCode.FILE_NOT_FOUND,
              (m, near) -> "No such file"),
          new Rule(
              "Object '(.*?)' not found within '\u0000files'.*",
              ErrorCode.FILE_NOT_FOUND,
              (m, near) -> "No file matches '" + m.group(1) + "'"),
          new Rule(
              "(?:Object|Table) '(.*?)' not found.*",
              ErrorCode.TABLE_NOT_FOUND,
              (m, near) ->
                  "Table '" + plain(m.group(1)) + "' does not exist." + near.table(m.group(1))),
          new Rule(
              "(?:Column|Name) '(.*?)' is ambiguous.*",
              ErrorCode.AMBIGUOUS_NAME,
              (m, near) -> "Column '" + m.group(1) + "' is ambiguous: qualify it with its table"),
          new Rule(
              "No match found for function signature (.*?)\\((.*)\\)",
              ErrorCode.FUNCTION_NOT_FOUND,
              (m, near) -> function(m.group(1), near)),
          new Rule(
              "Cannot apply '\\$SCALAR_QUERY' to .*",
              ErrorCode.INVALID_QUERY,
              (m, near) -> "A subquery used as a value has one column"),
          new Rule(
              "Cannot apply '(.*?)' to arguments of type '(.*?)'\\..*",
              ErrorCode.TYPE_MISMATCH,
              (m, near) ->
                  "Operator or function '%s' cannot be applied: %s"
                      .formatted(m.group(1).toLowerCase(Locale.ROOT), types(m.group(2)))),
          new Rule(
              "Cast function cannot convert value of type (.*?)(?: NOT NULL)? to type"
                  + " (.*?)(?: NOT NULL)?",
              ErrorCode.TYPE_MISMATCH,
              (m, near) -> "Cannot cast %s to %s".formatted(lower(m.group(1)), lower(m.group(2)))),
          new Rule(
              "Values passed to (.*?) operator must have compatible types",
              ErrorCode.TYPE_MISMATCH,
              (m, near) -> "The operands of " + m.group(1) + " have no common type"),
          new Rule(
              "Numeric literal '(.*?)' out of range",
              ErrorCode.INVALID_LITERAL,
              (m, near) -> "Number " + m.group(1) + " is out of range"),
          new Rule(
              "Illegal (DATE|TIME|TIMESTAMP) literal '(.*?)': not in format '(.*?)'.*",
              ErrorCode.INVALID_LITERAL,
              (m, near) ->
                  "'%s' is not a valid %s (%s)"
                      .formatted(m.group(2), m.group(1).toLowerCase(Locale.ROOT), m.group(3))),
          new Rule(
              "(?:Illegal|Literal|Date literal|Interval) .*",
              ErrorCode.INVALID_LITERAL,
              (m, near) -> m.group()),
          new Rule(
              "Expression '(.*?)' is not being grouped",
              ErrorCode.INVALID_QUERY,
              (m, near) ->
                  "'%s' is neither grouped by nor inside an aggregate".formatted(m.group(1))),
          new Rule(
              "Column count mismatch in (.*)",
              ErrorCode.INVALID_QUERY,
              (m, near) -> "The inputs of " + m.group(1) + " have different numbers of columns"),
          new Rule(
              "Type mismatch in column (\\d+) of (.*)",
              ErrorCode.TYPE_MISMATCH,
              (m, near) -> "Column %s of %s has no common type".formatted(m.group(1), m.group(2))));

  private BindErrors() {}

  static FrazilException translate(Throwable error, Suggestions near) {
    FrazilException.Position position = null;
    String message = null;
    for (Throwable t = error; t != null; t = t.getCause()) {
      if (t instanceof FrazilException ours) {
        return ours.position().isPresent() || position == null
            ? ours
            : new FrazilException(ours.code(), ours.getMessage(), position, ours);
      }
      if (t instanceof CalciteContextException context && context.getPosLine() > 0) {
        position = new FrazilException.Position(context.getPosLine(), context.getPosColumn());
      } else if (t instanceof CalciteException
          || t instanceof org.apache.calcite.sql.validate.SqlValidatorException) {
        message = t.getMessage();
      }
    }
    return message == null ? unexpected(error, position) : translate(message, position, near);
  }

  private static FrazilException translate(
      String message, FrazilException.@Nullable Position position, Suggestions near) {
    for (Rule rule : RULES) {
      Matcher matcher = rule.pattern().matcher(message);
      if (matcher.matches()) {
        return new FrazilException(
            rule.code(), rule.message().apply(matcher, near), position, null);
      }
    }
    return new FrazilException(ErrorCode.INVALID_QUERY, clean(message), position, null);
  }

  /// A construct that Calcite parses and cannot convert: it says so by all kinds of exceptions.
  private static FrazilException unexpected(
      Throwable error, FrazilException.@Nullable Position position) {
    if (error instanceof UnsupportedOperationException) {
      return new FrazilException(
          ErrorCode.NOT_SUPPORTED, "This query is not supported yet", position, error);
    }
    if (DeepStack.ended(error)) {
      return new FrazilException(
          ErrorCode.NOT_SUPPORTED, "The query is nested too deeply", null, error);
    }
    return new FrazilException(
        ErrorCode.INTERNAL, "The query could not be planned", position, error);
  }

  private static String function(String name, Suggestions near) {
    String lower = name.toLowerCase(Locale.ROOT);
    return "Function '" + lower + "' does not exist for these arguments." + near.function(lower);
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  private static String plain(String name) {
    int mark = name.indexOf('\u0000');
    return mark < 0 ? name : name.substring(0, mark);
  }

  /// `<INTEGER> + <VARCHAR>` as `integer + varchar`.
  private static String types(String signature) {
    return signature.replaceAll("[<>](?=\\w)|(?<=\\w|\\))>", "").toLowerCase(Locale.ROOT);
  }

  private static String clean(String message) {
    String first = message.lines().findFirst().orElse("");
    return first.contains("org.apache") ? "This query is not valid" : first;
  }
}
