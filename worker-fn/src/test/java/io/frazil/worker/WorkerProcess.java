package io.frazil.worker;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// A worker in a JVM of its own, with the worker function's runtime class path and nothing else.
public final class WorkerProcess implements AutoCloseable {
  private static final Path CLASSES = Path.of("target", "classes");
  private static final Path DEPENDENCIES = Path.of("target", "dependencies-classpath.txt");

  private final Process process;
  private final DataOutputStream requests;
  private final DataInputStream answers;

  private WorkerProcess(Process process) {
    this.process = process;
    this.requests = new DataOutputStream(process.getOutputStream());
    this.answers = new DataInputStream(process.getInputStream());
  }

  /// Starts one with what the build says that a deployed worker has.
  static WorkerProcess start() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        List.of(
            java,
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "-cp",
            CLASSES.toAbsolutePath() + File.pathSeparator + Files.readString(DEPENDENCIES).strip(),
            program().toString());
    return new WorkerProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /// Sends a message and waits for its answer.
  synchronized byte[] call(byte[] request) {
    try {
      requests.writeInt(request.length);
      requests.write(request);
      requests.flush();
      return answers.readNBytes(answers.readInt());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path program() {
    return Path.of(
        Objects.requireNonNull(WorkerProcess.class.getResource("/WorkerLoop.java")).getPath());
  }

  @Override
  public void close() throws IOException {
    requests.close();
    try {
      int status = process.waitFor();
      if (status != 0) {
        throw new IOException("the worker ended with status " + status);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
