package io.frazil.localstack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Other programs, which end in time and say in a log what they did.
public final class Command {
  private static final Duration CHECK_LIMIT = Duration.ofSeconds(30);
  private static final int TAIL_CHARACTERS = 2000;

  private Command() {}

  /// @throws IllegalStateException where the program fails or takes too long, with the log's end
  public static void run(Path log, Duration limit, List<String> command) throws IOException {
    run(
        log,
        limit,
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(append(log)));
  }

  /// The same for a program that reads one file and writes another.
  public static void run(Path log, Duration limit, List<String> command, Path in, Path out)
      throws IOException {
    run(
        log,
        limit,
        new ProcessBuilder(command)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .redirectError(append(log)));
  }

  private static ProcessBuilder.Redirect append(Path log) {
    return ProcessBuilder.Redirect.appendTo(log.toFile());
  }

  private static void run(Path log, Duration limit, ProcessBuilder program) throws IOException {
    Process process = program.start();
    if (!endsIn(process, limit) || process.exitValue() != 0) {
      throw new IllegalStateException(
          "%s failed or did not end in %d s. The end of %s:%n%s"
              .formatted(program.command(), limit.toSeconds(), log, tail(log)));
    }
  }

  static boolean succeeds(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return endsIn(process, CHECK_LIMIT) && process.exitValue() == 0;
    } catch (IOException _) {
      return false; // There is no such program.
    }
  }

  /// Waits for the end, and brings it about where the limit is over.
  public static boolean endsIn(Process process, Duration limit) {
    try {
      if (process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        return true;
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    return false;
  }

  static String tail(Path log) throws IOException {
    String text = Files.exists(log) ? Files.readString(log) : "";
    return text.substring(Math.max(0, text.length() - TAIL_CHARACTERS));
  }
}
