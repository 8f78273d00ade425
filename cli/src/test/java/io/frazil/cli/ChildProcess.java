package io.frazil.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The command line as a process of its own, for what only a process can show: signals, pipes and
/// permissions.
final class ChildProcess {
  private static final long PATIENCE_SECONDS = 120;

  private final Path folder;
  private final Path err;
  private final List<String> variables = new ArrayList<>();

  ChildProcess(Path folder) {
    this.folder = folder;
    this.err = folder.resolve("err.txt");
  }

  /// Sets a variable of the environment of those that are started from now on.
  ChildProcess with(String variable, String value) {
    variables.add(variable + "=" + value);
    return this;
  }

  /// How a process ended and what it said on standard error.
  record Ended(int status, String err) {}

  /// Begins to run; standard output is for the caller.
  Process start(String... arguments) throws IOException {
    return start(List.of(), arguments);
  }

  /// Runs with the permissions of an ordinary user: where the tests themselves run as root, without
  /// the capabilities that let root pass over them.
  Ended runAsOrdinaryUser(String... arguments) throws IOException, InterruptedException {
    List<String> prefix =
        System.getProperty("user.name").equals("root")
            ? List.of(
                "setpriv",
                "--bounding-set=-dac_override,-dac_read_search",
                "--inh-caps=-dac_override,-dac_read_search",
                "--")
            : List.of();
    return end(start(prefix, arguments));
  }

  /// Waits for the end, reading what is left of its output.
  Ended end(Process process) throws IOException, InterruptedException {
    try (var out = process.getInputStream()) {
      byte[] _ = out.readAllBytes();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("the command line does not end; it said: " + said());
      }
      return new Ended(process.exitValue(), said());
    } finally {
      process.destroyForcibly();
    }
  }

  /// Where a server that was started listens, once it does.
  int servedPort() throws IOException, InterruptedException {
    while (!said().contains("; Ctrl-C")) {
      Thread.sleep(50);
    }
    return Integer.parseInt(said().replaceFirst("(?s).*http://[^/]+:(\\d+)/.*", "$1"));
  }

  String said() throws IOException {
    return Files.readString(err, StandardCharsets.UTF_8);
  }

  private Process start(List<String> prefix, String... arguments) throws IOException {
    // Where the tests run in the background, interrupts are ignored: not so by a user's shell.
    var command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.addAll(variables);
    command.addAll(prefix);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            Frazil.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectInput(new File("/dev/null"))
        .redirectError(err.toFile())
        .start();
  }
}
