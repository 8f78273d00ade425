package io.frazil.cli.shell;

import java.util.List;
import java.util.Optional;

/// What the shell is told besides SQL: a line that begins with a backslash, or one of a few words.
sealed interface ShellCommand {
  /// What `\?` says.
  String HELP =
      """
      SQL ends with a semicolon and may take several lines. Besides it:
        \\d            the tables
        \\d TABLE      the columns of a table
        \\x            show each row as a block of lines, or tables again
        \\rows N       show at most N rows of a result (1000 at first)
        \\timing       show how long each statement takes, or stop that
        \\stats        show what each query did and what it would cost, or stop that
        \\r            drop the lines of a statement that was begun (or Ctrl-C)
        \\?            this text
        \\q            leave (or Ctrl-D)
      Tab completes keywords, tables, columns and functions; Ctrl-C cancels a query; the arrows
      bring back earlier statements.\
      """;

  /// The commands by the names that completion offers.
  List<String> NAMES = List.of("\\d", "\\x", "\\rows", "\\timing", "\\stats", "\\r", "\\?", "\\q");

  record Leave() implements ShellCommand {}

  record Help() implements ShellCommand {}

  /// Forget the statement that was begun.
  record Drop() implements ShellCommand {}

  record Timing() implements ShellCommand {}

  record Statistics() implements ShellCommand {}

  record Blocks() implements ShellCommand {}

  record Rows(long rows) implements ShellCommand {}

  /// A command that is short for a statement.
  record Show(String sql) implements ShellCommand {}

  record Wrong(String message) implements ShellCommand {}

  /// The command that an entry is or, in a statement that was begun, its last line; empty where it
  /// is SQL.
  static Optional<ShellCommand> of(String entry) {
    String line = entry.substring(entry.lastIndexOf('\n') + 1).strip();
    if (line.startsWith("\\")) {
      String[] words = line.replaceFirst(";$", "").split("\\s+", 2);
      return Optional.of(backslash(words[0], words.length > 1 ? words[1].strip() : ""));
    }
    return switch (entry.strip().replaceFirst(";$", "")) {
      case "exit", "quit" -> Optional.of(new Leave());
      case "help" -> Optional.of(new Help());
      default -> Optional.empty();
    };
  }

  private static ShellCommand backslash(String name, String argument) {
    return switch (name) {
      case "\\q" -> new Leave();
      case "\\?", "\\h" -> new Help();
      case "\\r" -> new Drop();
      case "\\d", "\\dt" -> new Show(argument.isEmpty() ? "SHOW TABLES" : "DESCRIBE " + argument);
      case "\\x" -> new Blocks();
      case "\\timing" -> new Timing();
      case "\\stats" -> new Statistics();
      case "\\rows" ->
          argument.matches("\\d{1,15}")
              ? new Rows(Long.parseLong(argument))
              : new Wrong("\\rows takes a number.");
      default -> new Wrong("There is no command " + name + "; \\? lists them.");
    };
  }
}
