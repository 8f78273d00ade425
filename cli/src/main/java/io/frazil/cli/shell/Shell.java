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
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// The interactive shell: statements over several lines, history, completion, and commands that
/// begin with a backslash. Ctrl-C cancels the line or the query, Ctrl-D leaves.
public final class Shell {
  private static final int HISTORY_LINES = 5_000;

  /// Kept from being collected, or its level would be forgotten.
  private static final Logger TERMINAL_LOG = Logger.getLogger("org.jline");

  private final Console console;
  private final SqlSession session;
  private final ShellResults results;
  private final StatementRunner runner;
  private boolean timing;

  Shell(Console console, SqlSession session) {
    this.console = console;
    this.session = session;
    this.results = new ShellResults(console);
    this.runner = new StatementRunner(console, session, results);
  }

  /// Talks to whoever sits at this process's terminal until they leave.
  ///
  /// @return the exit status
  public static int run(Console console, SqlSession session) {
    TERMINAL_LOG.setLevel(Level.OFF);
    try (Terminal terminal = TerminalBuilder.builder().system(true).dumb(true).build()) {
      Path history = Path.of(System.getProperty("user.home"), ".frazil", "history");
      return new Shell(console.following(() -> width(terminal, console)), session)
          .talk(terminal, history);
    } catch (IOException e) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "the terminal cannot be used: " + e.getMessage(), e);
    }
  }

  /// A terminal that doesn't know its width says 0.
  private static int width(Terminal terminal, Console console) {
    return terminal.getWidth() > 0 ? terminal.getWidth() : console.width();
  }

  /// Reads and runs until the user leaves.
  ///
  /// @return the exit status
  int talk(Terminal terminal, Path history) {
    LineReader reader = reader(terminal, history);
    console.messageLine("Frazil. \\? for help, \\q to leave.");
    while (true) {
      try {
        if (!entry(reader.readLine("frazil> ").strip())) {
          return ExitStatus.DONE;
        }
      } catch (UserInterruptException e) {
        if (e.getPartialLine().isBlank()) {
          console.messageLine("\\q or Ctrl-D leaves.");
        }
      } catch (EndOfFileException e) {
        return ExitStatus.DONE;
      }
    }
  }

  private LineReader reader(Terminal terminal, Path history) {
    return LineReaderBuilder.builder()
        .terminal(terminal)
        .appName("frazil")
        .parser(new StatementParser())
        .completer(new NameCompleter(session))
        .variable(LineReader.HISTORY_FILE, history)
        .variable(LineReader.HISTORY_SIZE, HISTORY_LINES)
        .variable(LineReader.HISTORY_FILE_SIZE, HISTORY_LINES)
        .variable(LineReader.SECONDARY_PROMPT_PATTERN, "%P     > ")
        .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
        .option(LineReader.Option.CASE_INSENSITIVE, true)
        .build();
  }

  /// Runs what was entered; false to leave.
  private boolean entry(String text) {
    ShellCommand command = ShellCommand.of(text).orElse(null);
    if (command == null) {
      // The first statement that fails is the last of its entry.
      boolean _ = Script.split(text).stream().allMatch(sql -> statement(sql, text));
      return true;
    }
    return command(command);
  }

  private boolean command(ShellCommand command) {
    switch (command) {
      case ShellCommand.Leave _ -> {
        return false;
      }
      case ShellCommand.Drop _ -> {}
      case ShellCommand.Help _ -> console.messageLine(ShellCommand.HELP);
      case ShellCommand.Show(String sql) -> statement(sql, sql);
      case ShellCommand.Timing _ -> {
        timing = !timing;
        console.messageLine("Timing is " + (timing ? "on." : "off."));
      }
      case ShellCommand.Statistics _ ->
          console.messageLine("Statistics are " + (runner.toggleStatistics() ? "on." : "off."));
      case ShellCommand.Blocks _ ->
          console.messageLine(
              results.toggleBlocks() ? "Each row is a block." : "Rows are tables that fit.");
      case ShellCommand.Rows(long rows) -> {
        results.showAtMost(rows);
        console.messageLine("Of a result, " + Units.rows(rows) + " are shown.");
      }
      case ShellCommand.Wrong(String message) -> console.messageLine(message);
    }
    return true;
  }

  /// @param text the whole entry, of which the statement is a part
  /// @return whether it succeeded
  private boolean statement(String sql, String text) {
    long start = System.nanoTime();
    boolean succeeded = attempt(sql, text);
    if (timing) {
      console.messageLine("Time: " + Units.seconds(System.nanoTime() - start));
    }
    return succeeded;
  }

  private boolean attempt(String sql, String text) {
    try (Interrupts interrupts = Interrupts.listen(console, Interrupts.Again.WAITS)) {
      runner.run(sql, interrupts);
      return true;
    } catch (FrazilException e) {
      if (e.code() == ErrorCode.CANCELLED) {
        console.messageLine("Cancelled.");
      } else {
        new Failures(console).report(e, text);
      }
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      // A bug, or a query that was too large: the shell outlives it.
      new Failures(console).report(e, text);
    }
    return false;
  }
}
