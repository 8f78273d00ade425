package io.frazil.cli.shell;

import io.frazil.cli.ExitStatus;
import io.frazil.cli.Failures;
import io.frazil.cli.Interrupts;
import io.frazil.cli.StatementRunner;
import io.frazil.cli.output.Console;
import io.frazil.cli.output.Units;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.session.SqlSession;
import io.frazil.sql.parser.Script;
import java.io.IOException;
import java.nio.file.Path;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// The interactive shell: statements over several lines, history, completion, and commands that
/// begin with a backslash. Ctrl-C cancels the line or the query, Ctrl-D leaves.
public final class Shell {
  private static final String HELP =
      """
      SQL ends with a semicolon and may take several lines. Besides it:
        \\d            the tables
        \\d TABLE      the columns of a table
        \\timing       show how long each statement takes, or stop that
        \\stats        show what each query did and what it would cost, or stop that
        \\?            this text
        \\q            leave (or Ctrl-D)
      Tab completes keywords, tables and columns; Ctrl-C cancels a query; the arrows bring back
      earlier lines.\
      """;

  private final Console console;
  private final StatementRunner runner;
  private final SqlSession session;
  private boolean timing;

  public Shell(Console console, SqlSession session) {
    this.console = console;
    this.session = session;
    this.runner = new StatementRunner(console, session);
  }

  /// Reads and runs until the user leaves.
  ///
  /// @return the exit status
  public int run() {
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      LineReader reader = reader(terminal);
      console.messageLine("Frazil. \\? for help, \\q to leave.");
      while (true) {
        try {
          if (!line(reader.readLine("frazil> ").strip())) {
            return ExitStatus.DONE;
          }
        } catch (UserInterruptException e) {
          console.messageLine("\\q leaves.");
        } catch (EndOfFileException e) {
          return ExitStatus.DONE;
        }
      }
    } catch (IOException e) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "the terminal cannot be used: " + e.getMessage(), e);
    }
  }

  private LineReader reader(Terminal terminal) {
    Path history = Path.of(System.getProperty("user.home"), ".frazil", "history");
    return LineReaderBuilder.builder()
        .terminal(terminal)
        .appName("frazil")
        .parser(new StatementParser())
        .completer(new NameCompleter(session))
        .variable(LineReader.HISTORY_FILE, history)
        .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P     > ")
        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
        .option(LineReader.Option.CASE_INSENSITIVE, true)
        .build();
  }

  /// Runs what was entered; false to leave.
  private boolean line(String line) {
    if (!StatementParser.isCommand(line)) {
      Script.split(line).forEach(this::statement);
      return true;
    }
    String[] words = line.split("\\s+", 2);
    String argument = words.length > 1 ? words[1].strip() : "";
    switch (words[0]) {
      case "\\q", "exit", "quit" -> {
        return false;
      }
      case "\\?", "\\h", "help" -> console.messageLine(HELP);
      case "\\d", "\\dt" -> statement(argument.isEmpty() ? "SHOW TABLES" : "DESCRIBE " + argument);
      case "\\timing" -> {
        timing = !timing;
        console.messageLine("Timing is " + (timing ? "on." : "off."));
      }
      case "\\stats" ->
          console.messageLine("Statistics are " + (runner.toggleStatistics() ? "on." : "off."));
      default -> console.messageLine("There is no command " + words[0] + "; \\? lists them.");
    }
    return true;
  }

  private void statement(String sql) {
    long start = System.nanoTime();
    try (Interrupts interrupts = Interrupts.listen()) {
      runner.run(sql, interrupts);
    } catch (FrazilException e) {
      if (e.code() == ErrorCode.CANCELLED) {
        console.messageLine("Cancelled.");
      } else {
        new Failures(console).report(e);
      }
    }
    if (timing) {
      console.messageLine("Time: " + Units.seconds(System.nanoTime() - start));
    }
  }
}
