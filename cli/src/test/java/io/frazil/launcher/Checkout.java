package io.frazil.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A checkout with the real launcher, and with a build and a JDK that only write down their calls.
final class Checkout {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private final Path home;
  private final Path jdk;

  private Checkout(Path home, Path jdk) {
    this.home = home;
    this.jdk = jdk;
  }

  /// What a start of the launcher left behind.
  record Start(int status, String out, String err) {}

  /// A fresh one in the folder, below a path with spaces.
  static Checkout in(Path folder) throws IOException {
    var checkout = new Checkout(folder.resolve("a checkout"), folder.resolve("a jdk"));
    for (String source :
        List.of("pom.xml", "cli/pom.xml", "cli/src/main/A.java", "cli/src/build/B.java")) {
      checkout.write(source, "");
    }
    checkout.write("benchmarks/queries/tpch/q1.sql", "SELECT 1;");
    checkout.write("frazil", Files.readString(ROOT.resolve("frazil")));
    checkout.write(".mvn/jdk.sh", Files.readString(ROOT.resolve(".mvn/jdk.sh")));
    checkout.build("mkdir -p cli/target/lib && touch cli/target/lib/frazil-cli-1.jar");
    Files.createDirectories(checkout.jdk.resolve("bin"));
    checkout.jdkRelease("25.0.1");
    checkout.java("");
    executable(checkout.jdk.resolve("bin/javac"), "exit 1");
    executable(checkout.home.resolve("frazil"), Files.readString(checkout.home.resolve("frazil")));
    checkout.age();
    return checkout;
  }

  /// What `./mvnw` does in the checkout, besides writing down that it was called.
  void build(String script) throws IOException {
    executable(home.resolve("mvnw"), "echo build >>'" + builds() + "'\n" + script);
  }

  /// What `java` does, besides making the cache that it is asked for and printing its arguments.
  void java(String script) throws IOException {
    executable(
        jdk.resolve("bin/java"),
        script
            + """

            for argument; do
              case $argument in
                -XX:AOTCacheOutput=*)
                  cat >/dev/null; echo cache >"${argument#*=}"; echo >>'%s' ;;
              esac
              echo "$argument"
            done
            """
                .formatted(trainings()));
  }

  void jdkRelease(String version) throws IOException {
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
  }

  /// Writes a file, newer than whatever was built.
  void write(String file, String text) throws IOException {
    Path path = home.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    Files.setLastModifiedTime(path, FileTime.from(Instant.now().plusSeconds(5)));
  }

  Path launcher() {
    return home.resolve("frazil");
  }

  boolean has(String file) {
    return Files.exists(home.resolve(file));
  }

  int buildCount() throws IOException {
    return lines(builds());
  }

  int trainingCount() throws IOException {
    return lines(trainings());
  }

  /// Starts the launcher, which need not have ended yet.
  Process launch(Path launcher, String... arguments) throws IOException {
    // Where the tests run in the background, interrupts are ignored: not so by a user's shell.
    var command = new ArrayList<>(List.of("env", "--default-signal=INT", launcher.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    builder.directory(home.getParent().toFile());
    builder.environment().put("JAVA_HOME", jdk.toString());
    builder.environment().remove("FRAZIL_NO_CACHE");
    return builder.start();
  }

  Start start(String... arguments) throws IOException, InterruptedException {
    return end(launch(launcher(), arguments));
  }

  /// Waits for a launcher whose output is small.
  static Start end(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(1, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("the launcher did not end");
    }
    return new Start(
        process.exitValue(),
        new String(process.getInputStream().readAllBytes()),
        new String(process.getErrorStream().readAllBytes()));
  }

  /// Dates all sources before anything that is built from them.
  private void age() throws IOException {
    try (var files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
      }
    }
  }

  private static void executable(Path file, String script) throws IOException {
    String text = script.startsWith("#!") ? script : "#!/usr/bin/env bash\n" + script;
    Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("'" + file + "' cannot be made executable");
    }
  }

  private static int lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file).size() : 0;
  }

  private Path builds() {
    return home.resolveSibling("builds");
  }

  private Path trainings() {
    return home.resolveSibling("trainings");
  }
}
