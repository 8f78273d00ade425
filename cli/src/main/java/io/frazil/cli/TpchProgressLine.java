package io.frazil.cli;

import io.frazil.cli.output.Console;
import io.frazil.cli.output.ProgressLine;
import io.frazil.cli.output.ProgressLine.Progress;
import io.frazil.cli.output.Units;
import io.frazil.cli.tpch.TpchProgress;

/// How far generating TPC-H is, as a line on the terminal.
final class TpchProgressLine implements TpchProgress, AutoCloseable {
  private final ProgressLine line;
  private volatile Progress latest = new Progress(-1, "TPC-H");

  TpchProgressLine(Console console) {
    line = ProgressLine.start(console, () -> latest);
  }

  @Override
  public void rows(String table, long done, long total) {
    String text = "%s: %s of about %s".formatted(table, Units.count(done), Units.rows(total));
    latest = new Progress(total == 0 ? -1 : (double) done / total, text);
  }

  @Override
  public void close() {
    line.close();
  }
}
