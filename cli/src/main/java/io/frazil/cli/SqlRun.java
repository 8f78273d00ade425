package io.frazil.cli;

import io.frazil.cli.output.Console;
import io.frazil.engine.error.FrazilException;
import io.frazil.sql.parser.Script;
import java.io.UncheckedIOException;
import java.util.List;

/// Runs a script's statements one after the other; the first that fails ends it.
final class SqlRun {
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
  int script(String text, String source) {
    List<String> statements = Script.split(text);
    if (statements.isEmpty()) {
      console.messageLine("frazil: there is no SQL in " + source);
      return ExitStatus.USAGE;
    }
    try (Interrupts interrupts = Interrupts.listen(Interrupts.Again.EXITS);
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
