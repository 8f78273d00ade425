package io.frazil.cli;

import io.frazil.cli.output.Console;
import io.frazil.cli.output.SourceExcerpt;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine.ParameterException;

/// Turns what went wrong into a message on standard error and an exit status: never a stack trace,
/// unless `FRAZIL_TRACE` is set.
public final class Failures {
  private static final String BUG = " (a bug of Frazil; FRAZIL_TRACE=1 shows where)";

  private final Console console;

  public Failures(Console console) {
    this.console = console;
  }

  /// The command line does not make sense.
  int usage(ParameterException e) {
    UsageText.lines(e).forEach(console::messageLine);
    return ExitStatus.USAGE;
  }

  /// The command failed.
  int execution(Throwable e) {
    return execution(e, "");
  }

  /// The command failed, which ran this SQL.
  int execution(Throwable e, String sql) {
    return switch (e) {
      case FrazilException f when f.code() == ErrorCode.CANCELLED -> ExitStatus.INTERRUPTED;
      case UncheckedIOException io when isClosedPipe(io) -> ExitStatus.DONE;
      case IOException io when isClosedPipe(io) -> ExitStatus.DONE;
      default -> {
        report(e, sql);
        yield ExitStatus.FAILED;
      }
    };
  }

  /// Says what went wrong, and shows the place in the SQL where it did.
  ///
  /// @param sql the whole text that positions refer to
  public void report(Throwable e, String sql) {
    console.messageLine("error: " + message(e));
    if (e instanceof FrazilException f) {
      f.position()
          .ifPresent(place ->
              SourceExcerpt.lines(sql, place, console.width()).forEach(console::messageLine));
    }
    if (EnvironmentVariable.of("FRAZIL_TRACE").isPresent()) {
      e.printStackTrace(console.errors());
    }
  }

  private static String message(Throwable e) {
    return switch (e) {
      case FrazilException f when f.code() == ErrorCode.INTERNAL -> f.getMessage() + BUG;
      case FrazilException f -> f.getMessage();
      case UncheckedIOException io -> cannotWrite(io);
      case IOException io -> cannotWrite(io);
      case OutOfMemoryError _ -> "memory ran out; raise it with --memory";
      case StackOverflowError _ -> "the SQL is nested too deeply";
      default -> e + BUG;
    };
  }

  /// What fails in words of Java's rather than ours is the writing of results.
  private static String cannotWrite(Exception e) {
    Throwable cause = e.getCause() instanceof IOException inner ? inner : e;
    return "the result cannot be written: " + cause.getMessage();
  }

  /// Whether writing failed because nobody reads any more.
  private static boolean isClosedPipe(Exception e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("Broken pipe") || message.contains("Stream Closed");
  }
}
