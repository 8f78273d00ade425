package io.frazil.localstack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A server of this test run's own out of the virtual environment. It ends with this process,
/// however that ends.
public final class PythonServer implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(100);

  private final Process process;
  private final URI health;
  private final Path log;

  private PythonServer(Process process, URI health, Path log) {
    this.process = process;
    this.health = health;
    this.log = log;
  }

  /// Starts a module and waits until it answers.
  ///
  /// @param health answers with status 200 once it does
  /// @throws IllegalStateException where it doesn't, with the end of its log
  public static PythonServer start(
      Path folder, Path log, URI health, Map<String, String> environment, List<String> module)
      throws IOException {
    var arguments = new ArrayList<String>();
    arguments.add(PythonEnvironment.SOURCES.resolve("launch.py").toString());
    arguments.addAll(module);
    var builder =
        new ProcessBuilder(PythonEnvironment.command(arguments))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    var server = new PythonServer(builder.start(), health, log);
    try {
      server.awaitHealth(module.getFirst());
      return server;
    } catch (IllegalStateException e) {
      server.close();
      throw e;
    }
  }

  public static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    try {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Command.endsIn(process, STOP_LIMIT);
    }
  }

  private void awaitHealth(String name) throws IOException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (!isHealthy()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException(
            "%s %s. The end of %s:%n%s"
                .formatted(
                    name,
                    process.isAlive()
                        ? "does not answer after " + START_LIMIT.toSeconds() + " s"
                        : "ended with " + process.exitValue(),
                    log,
                    Command.tail(log)));
      }
      Waiting.pause(POLL);
    }
  }

  private boolean isHealthy() {
    try {
      var connection = (HttpURLConnection) health.toURL().openConnection();
      connection.setConnectTimeout(1000);
      connection.setReadTimeout(5000);
      return connection.getResponseCode() == 200;
    } catch (IOException _) {
      return false; // It isn't there yet.
    }
  }
}
