package io.frazil.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A worker in a JVM of its own, with the worker function's runtime class path and nothing else.
public final class WorkerProcess implements AutoCloseable {
  private static final String PROGRAM = "WorkerLoop.java";

  private final Process process;
  private final DataOutputStream requests;
  private final DataInputStream answers;

  private WorkerProcess(Process process) {
    this.process = process;
    this.requests = new DataOutputStream(process.getOutputStream());
    this.answers = new DataInputStream(process.getInputStream());
  }

  /// Starts one with what the build says that a deployed worker has.
  ///
  /// @param module the worker function's folder
  /// @param folder for its program
  public static WorkerProcess start(Path module, Path folder) throws IOException {
    return start(module, folder, List.of());
  }

  /// The same with more flags for its JVM.
  public static WorkerProcess start(Path module, Path folder, List<String> flags)
      throws IOException {
    Path build = module.resolve("target").toAbsolutePath();
    String dependencies = Files.readString(build.resolve("dependencies-classpath.txt")).strip();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        new ArrayList<>(
            List.of(
                java,
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-Xmx512m"));
    command.addAll(flags);
    command.addAll(
        List.of(
            "-cp",
            build.resolve("classes") + File.pathSeparator + dependencies,
            program(folder).toString()));
    return new WorkerProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /// Sends a message and waits for its answer.
  public synchronized byte[] call(byte[] request) {
    try {
      requests.writeInt(request.length);
      requests.write(request);
      requests.flush();
      return answers.readNBytes(answers.readInt());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The program as a file: it may come out of an archive.
  private static Path program(Path folder) throws IOException {
    Path program = folder.resolve(PROGRAM);
    if (!Files.exists(program)) {
      try (InputStream source = WorkerProcess.class.getResourceAsStream("/" + PROGRAM)) {
        long _ = Files.copy(Objects.requireNonNull(source), program);
      }
    }
    return program;
  }

  @Override
  public void close() {
    try {
      requests.close();
      int status = process.waitFor();
      if (status != 0) {
        throw new IllegalStateException("the worker ended with status " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
