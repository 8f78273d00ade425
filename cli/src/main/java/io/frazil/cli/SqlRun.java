package io.frazil.cli;

import io.frazil.cli.output.Console;
import io.frazil.engine.error.FrazilException;
import io.frazil.sql.parser.Script;
import java.io.UncheckedIOException;
import java.util.List;

/// Runs a script's statements one after the other; the first that fails ends it.
final class SqlRun {
  /// With which some editors begin a text in UTF-8.
  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final Console console;
  private final ClientOptions options;
  private final OutputOptions output;

  SqlRun(Console console, ClientOptions options, OutputOptions output) {
    this.console = console;
    this.options = options;
    this.output = output;
  }

  /// @param source where the script is from, for messages
  /// @return the exit status
  int script(String script, String source) {
    String text = script.startsWith(BYTE_ORDER_MARK) ? script.substring(1) : script;
    List<String> statements = Script.split(text);
    if (statements.isEmpty()) {
      console.messageLine("frazil: there is no SQL in " + source);
      return ExitStatus.USAGE;
    }
    try (Interrupts interrupts = Interrupts.listen(console, Interrupts.Again.EXITS);
        CliSession open = options.open();
        ResultOutput results = ResultOutput.open(console, output)) {
      var runner = new StatementRunner(console, open.session(), results, output.statistics());
      for (String statement : statements) {
        interrupts.check();
        runner.run(statement, interrupts);
      }
      results.commit();
    } catch (FrazilException | UncheckedIOException | StackOverflowError e) {
      return new Failures(console).execution(e, text);
    }
    return ExitStatus.DONE;
  }
}
