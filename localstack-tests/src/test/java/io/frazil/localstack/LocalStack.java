package io.frazil.localstack;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/// A LocalStack of this test run's own, on a free port. Its log and its functions' lie under the
/// build directory.
final class LocalStack implements AutoCloseable {
  static final String REGION = "us-east-1";
  static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(100);

  /// What the runtime interface client is made of.
  private static final List<String> CLIENT_JARS = List.of("aws-lambda-java-", "utils-lite-");

  private static final Path FOLDER = Path.of("target", "localstack").toAbsolutePath();
  private static final Path SOURCES = Path.of("src", "test", "python").toAbsolutePath();

  private final Process process;
  private final URI endpoint;
  private final FaultProxy functionsView;

  private LocalStack(Process process, URI endpoint, FaultProxy functionsView) {
    this.process = process;
    this.endpoint = endpoint;
    this.functionsView = functionsView;
  }

  /// Installs it where that wasn't done, starts it, and waits until it answers.
  ///
  /// @throws IllegalStateException where it doesn't, with the end of its log
  static LocalStack start() throws IOException {
    Path python = PythonEnvironment.interpreter(FOLDER, SOURCES.resolve("requirements.txt"));
    Files.createDirectories(logs());
    emptyEnvironmentNotes();
    int port = freePort();
    var endpoint = URI.create("http://127.0.0.1:" + port);
    var functionsView = new FaultProxy(endpoint, FaultProxy.Faults.NONE);
    var builder =
        new ProcessBuilder(python.toString(), SOURCES.resolve("launch.py").toString())
            .directory(FOLDER.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log().toFile());
    builder.environment().putAll(environment(port));
    builder.environment().put("FRAZIL_LAMBDA_ENDPOINT", functionsView.endpoint().toString());
    var stack = new LocalStack(builder.start(), endpoint, functionsView);
    try {
      stack.awaitHealth();
      return stack;
    } catch (IllegalStateException e) {
      stack.close();
      throw e;
    }
  }

  URI endpoint() {
    return endpoint;
  }

  /// Through this the functions see it.
  FaultProxy functionsView() {
    return functionsView;
  }

  /// The functions' JVMs.
  Environments environments() {
    return new Environments(environmentNotes());
  }

  /// Where it says what it does.
  static Path log() {
    return logs().resolve("localstack.log");
  }

  /// Where the functions' logs lie too.
  static Path logs() {
    return FOLDER.resolve("logs");
  }

  @Override
  public void close() {
    try (functionsView) {
      process.getOutputStream().close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Command.endsIn(process, STOP_LIMIT);
    }
  }

  private static Map<String, String> environment(int port) {
    return Map.ofEntries(
        Map.entry("GATEWAY_LISTEN", "127.0.0.1:" + port),
        Map.entry("DISABLE_EVENTS", "1"),
        Map.entry("SKIP_SSL_CERT_DOWNLOAD", "1"),
        Map.entry("DNS_ADDRESS", "0"),
        Map.entry("EAGER_SERVICE_LOADING", "0"),
        Map.entry("LOCALSTACK_VOLUME_DIR", FOLDER.resolve("volume").toString()),
        Map.entry("PYTHONPATH", SOURCES.toString()),
        Map.entry("PYTHONDONTWRITEBYTECODE", "1"),
        Map.entry("PYTHONUNBUFFERED", "1"),
        Map.entry("LAMBDA_RUNTIME_EXECUTOR", "jvm"),
        Map.entry("LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT", "60"),
        Map.entry(
            "FRAZIL_LAMBDA_JAVA", Path.of(System.getProperty("java.home"), "bin/java").toString()),
        Map.entry("FRAZIL_LAMBDA_CLIENT", runtimeInterfaceClient()),
        Map.entry("FRAZIL_LAMBDA_LOGS", logs().toString()),
        Map.entry("FRAZIL_LAMBDA_ENVIRONMENTS", environmentNotes().toString()));
  }

  private static Path environmentNotes() {
    return FOLDER.resolve("environments");
  }

  /// Those of an earlier run tell of JVMs that are gone.
  private static void emptyEnvironmentNotes() throws IOException {
    Files.createDirectories(environmentNotes());
    try (Stream<Path> old = Files.list(environmentNotes())) {
      for (Path note : old.toList()) {
        Files.delete(note);
      }
    }
  }

  /// The client's own class path, out of this one.
  private static String runtimeInterfaceClient() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> CLIENT_JARS.stream().anyMatch(entry::contains))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private void awaitHealth() throws IOException {
    long end = System.nanoTime() + START_LIMIT.toNanos();
    while (!isHealthy()) {
      if (!process.isAlive() || System.nanoTime() > end) {
        throw new IllegalStateException(
            "LocalStack %s. The end of %s:%n%s"
                .formatted(
                    process.isAlive()
                        ? "does not answer after " + START_LIMIT.toSeconds() + " s"
                        : "ended with " + process.exitValue(),
                    log(),
                    Command.tail(log())));
      }
      Waiting.pause(POLL);
    }
  }

  private boolean isHealthy() {
    try {
      var connection =
          (HttpURLConnection) endpoint.resolve("/_localstack/health").toURL().openConnection();
      connection.setConnectTimeout(1000);
      connection.setReadTimeout(5000);
      return connection.getResponseCode() == 200;
    } catch (IOException _) {
      return false; // It isn't there yet.
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
