package io.frazil.cli;

import io.frazil.cli.output.Console;
import io.frazil.cli.output.ProgressLine;
import io.frazil.cli.output.Units;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.vector.BatchReader;
import io.frazil.session.QueryHandle;
import io.frazil.session.SqlSession;

/// Runs a statement of a session and shows what it gives.
public final class StatementRunner {
  private final Console console;
  private final SqlSession session;
  private final ResultSink results;
  private boolean statistics;

  /// Without statistics at first.
  public StatementRunner(Console console, SqlSession session, ResultSink results) {
    this(console, session, results, false);
  }

  StatementRunner(Console console, SqlSession session, ResultSink results, boolean statistics) {
    this.console = console;
    this.session = session;
    this.results = results;
    this.statistics = statistics;
  }

  /// Shows statistics from now on, or no longer; says which.
  public boolean toggleStatistics() {
    statistics = !statistics;
    return statistics;
  }

  /// Runs one statement to its end; Ctrl-C cancels it.
  public void run(String sql, Interrupts interrupts) {
    try (QueryHandle query = session.sql(sql)) {
      interrupts.cancelBy(query::cancel);
      try {
        show(query);
      } catch (FrazilException e) {
        tellOfFailed(query);
        throw e;
      }
      console.flush();
      if (statistics && query.kind() != QueryHandle.Kind.DONE) {
        CostText.lines(query).forEach(console::messageLine);
      }
    }
  }

  /// What it took until it failed.
  private void tellOfFailed(QueryHandle query) {
    if (!statistics) {
      return;
    }
    try {
      CostText.lines(query).forEach(console::messageLine);
    } catch (FrazilException e) {
      // It failed before it began: there is nothing to tell but that, which is told anyway.
    }
  }

  private void show(QueryHandle query) {
    switch (kind(query)) {
      case ROWS -> rows(query);
      case COUNT -> console.messageLine(Units.rows(counted(query)) + " written");
      case DONE -> console.messageLine("done");
    }
  }

  /// What a statement gives, which is known only at its end where it runs elsewhere.
  private QueryHandle.Kind kind(QueryHandle query) {
    try (ProgressLine _ = ProgressLine.start(console, () -> QueryProgressText.of(query))) {
      return query.kind();
    }
  }

  /// Shows progress until the first rows come, and where they go elsewhere until the last.
  private void rows(QueryHandle query) {
    try (ProgressLine progress = ProgressLine.start(console, () -> QueryProgressText.of(query))) {
      BatchReader batches = query.batches();
      if (results.isOnTerminal()) {
        batches = new FirstBatchWatch(batches, progress::close);
      }
      results.write(query.schema(), batches);
    }
  }

  private long counted(QueryHandle query) {
    try (ProgressLine _ = ProgressLine.start(console, () -> QueryProgressText.of(query))) {
      return query.updatedRows();
    }
  }
}
