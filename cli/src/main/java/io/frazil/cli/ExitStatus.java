package io.frazil.cli;

/// What the process says when it ends.
public final class ExitStatus {
  public static final int DONE = 0;

  /// The query, the statement or the job failed.
  public static final int FAILED = 1;

  /// The command line was wrong.
  public static final int USAGE = 2;

  /// Ctrl-C, as shells report it (128 and SIGINT's number).
  public static final int INTERRUPTED = 130;

  private ExitStatus() {}
}
