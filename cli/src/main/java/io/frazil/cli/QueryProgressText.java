package io.frazil.cli;

import io.frazil.cli.output.ProgressLine.Progress;
import io.frazil.cli.output.Units;
import io.frazil.session.QueryHandle;
import io.frazil.session.statistics.QueryProgress;

/// How far a query is, for its progress line.
final class QueryProgressText {
  private QueryProgressText() {}

  static Progress of(QueryHandle query) {
    QueryProgress now = query.progress();
    double done = -1;
    if (now.bytesToRead() > 0) {
      done = (double) now.bytesRead() / now.bytesToRead();
    } else if (now.tasks() > 0) {
      done = (double) now.tasksDone() / now.tasks();
    }
    String text =
        "stage %d of %d, %s read, %s"
            .formatted(
                now.stage() + 1,
                now.stages(),
                Units.bytes(now.bytesRead()),
                Units.rows(now.rows()));
    return new Progress(done, text);
  }
}
