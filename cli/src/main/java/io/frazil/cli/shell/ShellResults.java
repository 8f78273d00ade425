package io.frazil.cli.shell;

import io.frazil.cli.ResultSink;
import io.frazil.cli.Tables;
import io.frazil.cli.output.Console;
import io.frazil.cli.output.TablePrinter;
import io.frazil.cli.output.Units;
import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.BatchReader;

/// Results in the shell: tables that fit the terminal, and no more rows than a person scrolls
/// through. A query is not run beyond them.
final class ShellResults implements ResultSink {
  private static final long ROWS_MAX = 1_000;

  private final Console console;
  private long rowsMax = ROWS_MAX;
  private boolean blocks;

  ShellResults(Console console) {
    this.console = console;
  }

  void showAtMost(long rows) {
    rowsMax = rows;
  }

  /// Shows each row as a block from now on, or no longer; says which.
  boolean toggleBlocks() {
    blocks = !blocks;
    return blocks;
  }

  @Override
  public boolean isOnTerminal() {
    return console.outIsTerminal();
  }

  @Override
  public void write(Schema schema, BatchReader result) {
    TablePrinter.Form form =
        blocks ? new TablePrinter.Form.Blocks(console.width()) : TablePrinter.Form.of(console);
    Tables.Printed printed = Tables.print(console.out(), form, schema, result, rowsMax);
    console.flush();
    console.messageLine(
        printed.whole()
            ? "(" + Units.rows(printed.rows()) + ")"
            : "(the first " + Units.rows(printed.rows()) + "; \\rows N shows more)");
  }
}
