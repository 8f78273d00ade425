package io.frazil.cli;

import io.frazil.cli.output.Console;
import io.frazil.sql.parser.Script;

/// Runs a script's statements one after the other; the first that fails ends it.
final class SqlRun {
  private final Console console;
  private final SessionOptions options;
  private final OutputOptions output;

  SqlRun(Console console, SessionOptions options, OutputOptions output) {
    this.console = console;
    this.options = options;
    this.output = output;
  }

  /// @return the exit status
  int script(String text) {
    try (Interrupts interrupts = Interrupts.listen();
        CliSession open = options.open();
        ResultOutput results = ResultOutput.open(console, output)) {
      var runner = new StatementRunner(console, open.session(), results, output.statistics());
      for (String statement : Script.split(text)) {
        interrupts.check();
        runner.run(statement, interrupts);
      }
      results.commit();
    }
    return ExitStatus.DONE;
  }
}
