package io.frazil.localstack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/// A virtual environment of Python under the build directory, with a pinned set of packages. It is
/// made once and kept until the set changes or the build is cleaned.
public final class PythonEnvironment {
  /// Where it lies, and whatever those that it runs leave behind.
  public static final Path FOLDER = Path.of("target", "localstack").toAbsolutePath();

  /// Modules of the tests' own.
  public static final Path SOURCES = Path.of("src", "test", "python").toAbsolutePath();

  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(12);
  private static final int INSTALLERS = 2;
  private static final List<String> INTERPRETERS =
      List.of("python3.11", "python3.12", "python3.13", "python3");
  private static final String IS_NEW_ENOUGH =
      "import sys; sys.exit(not sys.version_info >= (3, 11))";

  private PythonEnvironment() {}

  /// What starts a program of the environment, after installing what isn't there: the interpreter,
  /// then the arguments, a file or `-c` first. What it compiles, it leaves to those that follow.
  ///
  /// @throws IllegalStateException where it cannot be installed, with the reason
  public static List<String> command(List<String> arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(interpreter().toString());
    command.addAll(List.of("-X", "pycache_prefix=" + FOLDER.resolve("compiled")));
    command.addAll(arguments);
    return command;
  }

  private static synchronized Path interpreter() throws IOException {
    Path requirements = SOURCES.resolve("requirements.txt");
    Files.createDirectories(FOLDER);
    Path environment = FOLDER.resolve("venv-" + digest(requirements));
    Path complete = environment.resolve("complete");
    try (FileChannel lock =
            FileChannel.open(
                FOLDER.resolve("venv.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        var _ = lock.lock()) {
      if (!Files.exists(complete)) {
        install(environment, requirements, FOLDER.resolve("venv.log"));
        Files.createFile(complete);
      }
    }
    return environment.resolve("bin/python");
  }

  /// pip looks for one package after the other, and is at work at each for half a second: so there
  /// are several of it, which share nothing but the folder that they fill. What they install is
  /// left as it is: most of it is never imported, and compiling it all would take longer than
  /// compiling what is.
  private static void install(Path environment, Path requirements, Path log) throws IOException {
    Command.run(
        log, INSTALL_LIMIT, List.of(base(), "-m", "venv", "--clear", environment.toString()));
    List<String> packages = packages(requirements);
    CompletableFuture<?>[] parts =
        IntStream.range(0, INSTALLERS)
            .mapToObj(part -> {
              List<String> own =
                  IntStream.range(0, packages.size())
                      .filter(i -> i % INSTALLERS == part)
                      .mapToObj(packages::get)
                      .toList();
              return CompletableFuture.runAsync(
                  () -> install(environment, own, log), Thread::startVirtualThread);
            })
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(parts).join();
  }

  private static List<String> packages(Path requirements) throws IOException {
    return Files.readAllLines(requirements).stream().filter(line -> line.contains("==")).toList();
  }

  /// The set is complete as it is pinned.
  private static void install(Path environment, List<String> packages, Path log) {
    var command = new ArrayList<String>();
    command.add(environment.resolve("bin/python").toString());
    command.addAll(List.of("-m", "pip", "--quiet", "--disable-pip-version-check"));
    command.addAll(List.of("install", "--no-deps", "--no-compile"));
    command.addAll(packages);
    try {
      Command.run(log, INSTALL_LIMIT, command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String base() {
    for (String name : INTERPRETERS) {
      if (Command.succeeds(List.of(name, "-c", IS_NEW_ENOUGH))) {
        return name;
      }
    }
    throw new IllegalStateException(
        "LocalStack needs Python 3.11 or newer, with its venv module; none of %s is"
            .formatted(INTERPRETERS));
  }

  private static String digest(Path file) throws IOException {
    try {
      byte[] sum = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(sum, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
