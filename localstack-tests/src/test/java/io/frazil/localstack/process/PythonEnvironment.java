package io.frazil.localstack.process;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/// A virtual environment of Python under the build directory, with a pinned set of packages. It is
/// made once and kept until the set changes or the build is cleaned.
public final class PythonEnvironment {
  /// Where it lies, and whatever those that it runs leave behind.
  public static final Path FOLDER = Path.of("target", "localstack").toAbsolutePath();

  /// Modules of the tests' own.
  public static final Path SOURCES = Path.of("src", "test", "python").toAbsolutePath();

  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(12);
  private static final List<String> INTERPRETERS =
      List.of("python3.11", "python3.12", "python3.13", "python3");
  private static final String IS_NEW_ENOUGH =
      "import sys; sys.exit(not sys.version_info >= (3, 11))";

  private PythonEnvironment() {}

  /// The environment's interpreter, after installing what isn't there.
  ///
  /// @throws IllegalStateException where it cannot be installed, with the reason
  public static Path interpreter() throws IOException {
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

  private static void install(Path environment, Path requirements, Path log) throws IOException {
    Command.run(
        log, INSTALL_LIMIT, List.of(base(), "-m", "venv", "--clear", environment.toString()));
    // The set is complete as it is pinned. Most of it is never imported: compiling it all would
    // take longer than compiling what is.
    Command.run(
        log,
        INSTALL_LIMIT,
        List.of(
            environment.resolve("bin/python").toString(),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--no-compile",
            "--disable-pip-version-check",
            "--requirement",
            requirements.toString()));
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
