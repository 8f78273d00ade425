package io.frazil.cli;

import io.frazil.cli.output.Console;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import java.io.IOException;
import java.io.UncheckedIOException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Turns what went wrong into one message on standard error and an exit status: never a stack
/// trace, unless `FRAZIL_TRACE` is set.
public final class Failures {
  private final Console console;

  public Failures(Console console) {
    this.console = console;
  }

  /// The command line does not make sense.
  int usage(ParameterException e) {
    console.messageLine("frazil: " + e.getMessage());
    if (!UnmatchedArgumentException.printSuggestions(e, console.errors())) {
      String command = e.getCommandLine().getCommandSpec().qualifiedName();
      console.messageLine("'" + command + " --help' says what there is.");
    }
    return ExitStatus.USAGE;
  }

  /// The command failed.
  int execution(Exception e) {
    return switch (e) {
      case FrazilException f when f.code() == ErrorCode.CANCELLED -> ExitStatus.INTERRUPTED;
      case UncheckedIOException io when isClosedPipe(io) -> ExitStatus.DONE;
      case IOException io when isClosedPipe(io) -> ExitStatus.DONE;
      default -> {
        report(e);
        yield ExitStatus.FAILED;
      }
    };
  }

  /// Says what went wrong.
  public void report(Exception e) {
    console.messageLine("error: " + message(e));
    if (System.getenv("FRAZIL_TRACE") != null) {
      e.printStackTrace(console.errors());
    }
  }

  private static String message(Exception e) {
    return switch (e) {
      case FrazilException f when f.code() == ErrorCode.INTERNAL ->
          f.getMessage() + " (a bug of Frazil; FRAZIL_TRACE=1 shows where)";
      case FrazilException f -> f.getMessage();
      case UncheckedIOException io -> String.valueOf(io.getMessage());
      case IOException io -> String.valueOf(io.getMessage());
      default -> e + " (a bug of Frazil; FRAZIL_TRACE=1 shows where)";
    };
  }

  /// Whether writing failed because nobody reads any more.
  private static boolean isClosedPipe(Exception e) {
    String message = String.valueOf(e.getMessage());
    return message.contains("Broken pipe") || message.contains("Stream Closed");
  }
}
