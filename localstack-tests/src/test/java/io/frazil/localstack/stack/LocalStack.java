package io.frazil.localstack.stack;

import io.frazil.localstack.process.PythonEnvironment;
import io.frazil.localstack.process.PythonServer;
import io.frazil.localstack.traffic.FaultProxy;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/// A LocalStack of this test run's own, on a free port. Its log and its functions' lie under the
/// build directory.
public final class LocalStack implements AutoCloseable {
  public static final String REGION = "us-east-1";
  public static final AwsCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

  /// What the runtime interface client is made of.
  private static final List<String> CLIENT_JARS = List.of("aws-lambda-java-", "utils-lite-");

  private static final Path FOLDER = PythonEnvironment.FOLDER;

  private final PythonServer server;
  private final GlueServer glue;
  private final URI endpoint;
  private final FaultProxy functionsView;

  private LocalStack(PythonServer server, GlueServer glue, URI endpoint, FaultProxy functionsView) {
    this.server = server;
    this.glue = glue;
    this.endpoint = endpoint;
    this.functionsView = functionsView;
  }

  /// Installs it where that wasn't done, starts it, and waits until it answers.
  ///
  /// @throws IllegalStateException where it doesn't, with the end of its log
  public static LocalStack start() throws IOException {
    Files.createDirectories(logs());
    Files.createDirectories(temporary());
    emptyEnvironmentNotes();
    Files.deleteIfExists(stepFunctionsCalls());
    int port = PythonServer.freePort();
    var endpoint = URI.create("http://127.0.0.1:" + port);
    GlueServer glue = GlueServer.start();
    var functionsView =
        new FaultProxy(endpoint, Map.of("glue", glue.endpoint()), FaultProxy.Faults.NONE);
    var environment = new HashMap<>(environment(port));
    environment.put("FRAZIL_LAMBDA_ENDPOINT", functionsView.endpoint().toString());
    PythonServer server =
        PythonServer.start(
            FOLDER,
            log(),
            endpoint.resolve("/_localstack/health"),
            environment,
            List.of("localstack.runtime.main"));
    return new LocalStack(server, glue, endpoint, functionsView);
  }

  public URI endpoint() {
    return endpoint;
  }

  /// Glue, which LocalStack hasn't.
  public GlueServer glue() {
    return glue;
  }

  /// Through this the functions see it.
  public FaultProxy functionsView() {
    return functionsView;
  }

  /// The functions' JVMs.
  public Environments environments() {
    return new Environments(environmentNotes());
  }

  /// What Step Functions asked of AWS: see `step_functions.py`.
  public static Path stepFunctionsCalls() {
    return FOLDER.resolve("step-functions-calls.jsonl");
  }

  /// Where it says what it does.
  public static Path log() {
    return logs().resolve("localstack.log");
  }

  /// Where the functions' logs lie too.
  public static Path logs() {
    return FOLDER.resolve("logs");
  }

  @Override
  public void close() {
    try (functionsView;
        glue) {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
        // Each empties its folder for temporary files as it starts: another's, were they one.
        Map.entry("TMPDIR", temporary().toString()),
        Map.entry("PYTHONPATH", PythonEnvironment.SOURCES.toString()),
        Map.entry("PYTHONUNBUFFERED", "1"),
        Map.entry("LAMBDA_RUNTIME_EXECUTOR", "jvm"),
        // CloudFormation would look once a second whether a function is there.
        Map.entry("LAMBDA_SYNCHRONOUS_CREATE", "1"),
        Map.entry("LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT", "180"),
        Map.entry(
            "FRAZIL_LAMBDA_JAVA", Path.of(System.getProperty("java.home"), "bin/java").toString()),
        Map.entry("FRAZIL_LAMBDA_CLIENT", runtimeInterfaceClient()),
        Map.entry("FRAZIL_LAMBDA_LOGS", logs().toString()),
        Map.entry("FRAZIL_LAMBDA_ENVIRONMENTS", environmentNotes().toString()),
        Map.entry("FRAZIL_STEP_FUNCTIONS_CALLS", stepFunctionsCalls().toString()));
  }

  private static Path temporary() {
    return FOLDER.resolve("tmp");
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
}
