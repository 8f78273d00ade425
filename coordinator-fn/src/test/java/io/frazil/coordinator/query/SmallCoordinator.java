package io.frazil.coordinator.query;

import io.frazil.engine.store.LocalObjectStore;
import io.frazil.events.Json;
import io.frazil.events.QueryRequest;
import io.frazil.session.SessionContext;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A coordinator in a JVM of its own, whose heap is small.
final class SmallCoordinator implements AutoCloseable {
  static final int HEAP_MIB = 192;

  private final Process process;
  private final DataOutputStream requests;
  private final DataInputStream answers;

  private SmallCoordinator(Process process) {
    this.process = process;
    this.requests = new DataOutputStream(process.getOutputStream());
    this.answers = new DataInputStream(process.getInputStream());
  }

  /// Starts one with this process's class path.
  ///
  /// @param folder where its queries lie
  static SmallCoordinator start(Path folder) throws IOException {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens=java.base/java.nio=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-Xmx" + HEAP_MIB + "m",
            "-cp",
            classes,
            SmallCoordinator.class.getName(),
            folder + File.separator);
    return new SmallCoordinator(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /// Sends a message and waits for its answer.
  byte[] call(byte[] request) {
    try {
      requests.write(1);
      requests.writeInt(request.length);
      requests.write(request);
      requests.flush();
      return answers.readNBytes(answers.readInt());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    requests.close();
    process.destroy();
  }

  /// Answers requests until there are no more.
  public static void main(String[] arguments) throws IOException {
    var in = new DataInputStream(System.in);
    var out = new DataOutputStream(System.out);
    try (var runner =
        new QueryRunner(
            SessionContext::builder,
            new LocalObjectStore(),
            arguments[0],
            Duration.ofMillis(100))) {
      while (in.read() >= 0) {
        byte[] request = in.readNBytes(in.readInt());
        byte[] answer = Json.encode(runner.answer(Json.decode(request, QueryRequest.class)));
        out.writeInt(answer.length);
        out.write(answer);
        out.flush();
      }
    }
  }
}
