package io.frazil.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.frazil.cli.client.Coordinator;
import io.frazil.cli.client.CoordinatorSession;
import io.frazil.coordinator.CoordinatorHandler;
import io.frazil.coordinator.HttpHandler;
import io.frazil.coordinator.http.Gateway;
import io.frazil.coordinator.http.HttpDoor;
import io.frazil.coordinator.http.Results;
import io.frazil.coordinator.http.SessionCatalog;
import io.frazil.coordinator.query.QueryRunner;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.store.ObjectLinks;
import io.frazil.events.HttpAnswer;
import io.frazil.events.HttpEvent;
import io.frazil.events.Json;
import io.frazil.events.QueryResponse;
import io.frazil.session.QueryHandle;
import io.frazil.session.SessionContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The client against a server that checks signatures as AWS does, and behind which the functions'
/// handlers answer.
@Timeout(120)
class SignedRequestsTest {
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
  private static final String CALLER = "arn:aws:iam::111122223333:user/alice";
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential=AKID/((\\d{8})/([\\w-]+)/([\\w-]+)/aws4_request),"
              + " SignedHeaders=([\\w;-]+), Signature=([0-9a-f]{64})");

  @TempDir private Path folder;

  private final ExecutorService coordinators = Executors.newCachedThreadPool();
  private final MemoryPool memory = new MemoryPool(64 << 20);
  private QueryRunner runner;
  private HttpServer server;
  private volatile String service = "";

  @BeforeEach
  void start() throws IOException {
    System.setProperty("aws.accessKeyId", "AKID");
    System.setProperty("aws.secretAccessKey", SECRET);
    runner =
        new QueryRunner(
            SessionContext::builder, new LocalObjectStore(), folder + "/", Duration.ofMillis(10));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(coordinators);
    var _ = server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    coordinators.close();
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
    assertThat(memory.used()).isZero();
  }

  @Test
  void requestsToAnApiAreSigned() {
    Coordinator api =
        Endpoint.of("http://localhost:" + server.getAddress().getPort())
            .deployment(
                new Endpoint.Access(null, true), Map.of("AWS_REGION", "eu-central-1"), memory)
            .coordinator();
    assertAnswers(api);
    assertThat(service).isEqualTo("eu-central-1/execute-api");
  }

  @Test
  void theRegionIsThatOfTheApisHost() {
    assertThat(
            AwsSignature.regionOf(URI.create("https://abc123.execute-api.eu-west-1.amazonaws.com")))
        .contains("eu-west-1");
    assertThat(
            AwsSignature.regionOf(
                URI.create("https://abc123.execute-api.eusc-de-east-1.amazonaws.eu")))
        .contains("eusc-de-east-1");
    assertThat(
            AwsSignature.regionOf(
                URI.create("https://abc123.execute-api.cn-north-1.amazonaws.com.cn")))
        .contains("cn-north-1");
    assertThat(AwsSignature.regionOf(URI.create("https://frazil.example.com"))).isEmpty();
    assertThat(
            AwsSignature.regionOf(
                URI.create("https://a.execute-api.eu-west-1.amazonaws.com.evil.example")))
        .isEmpty();
  }

  @Test
  void aFunctionIsInvoked() {
    String url = "http://localhost:" + server.getAddress().getPort();
    var environment = Map.of("AWS_REGION", "us-west-2", "AWS_ENDPOINT_URL_LAMBDA", url);
    Coordinator function =
        Endpoint.of("function:frazil-coordinator:live")
            .deployment(new Endpoint.Access(null, false), environment, memory)
            .coordinator();
    assertAnswers(function);
    assertThat(service).isEqualTo("us-west-2/lambda");
    // The stub wants the alias here too.
    assertAnswers(
        Endpoint.of("function:frazil-coordinator")
            .deployment(new Endpoint.Access(null, false), environment, memory)
            .coordinator());
    assertThat(Endpoint.of("function:arn:aws:lambda:eu-west-1:111122223333:function:f:7"))
        .isEqualTo(new Endpoint.Function("arn:aws:lambda:eu-west-1:111122223333:function:f", "7"));
    assertThat(Endpoint.of("function:arn:aws:lambda:eu-west-1:111122223333:function:f"))
        .isEqualTo(
            new Endpoint.Function("arn:aws:lambda:eu-west-1:111122223333:function:f", "live"));
  }

  @Test
  void whatAFunctionGaveIsReadInItsRegion() {
    String url = "http://localhost:" + server.getAddress().getPort();
    for (var environment :
        List.of(
            Map.of("AWS_ENDPOINT_URL", url),
            Map.of("AWS_ENDPOINT_URL", url, "AWS_REGION", "us-west-2"))) {
      Coordinator function =
          Endpoint.of("function:arn:aws:lambda:eu-west-1:111122223333:function:f")
              .deployment(new Endpoint.Access(null, false), environment, memory)
              .coordinator();
      var response =
          new QueryResponse(
              "q1", List.of(), List.of(), "s3://bucket/r", null, null, null, null, null);
      service = "";
      assertThatThrownBy(() -> function.open(response)).hasMessageContaining("s3://bucket/r");
      assertThat(service).isEqualTo("eu-west-1/s3");
    }
  }

  private void assertAnswers(Coordinator coordinator) {
    var session = new CoordinatorSession(coordinator, Map.of());
    try (QueryHandle query = session.sql("SELECT ? + 1 AS n, 'ü' AS s", List.of(41))) {
      assertThat(query.rows()).containsExactly(List.of(42, "ü"));
      assertThat(query.statistics().rows()).isEqualTo(1);
    }
    try (QueryHandle query = session.sql("SELECT nope")) {
      assertThatThrownBy(query::kind).hasMessageStartingWith("line 1:8: Column 'nope' ");
    }
    String ones = "WITH d(n) AS (VALUES %s) ".formatted("(1), ".repeat(99) + "(1)");
    try (QueryHandle query =
        session.sql(ones + "SELECT count(*) FROM d a, d b, d c, d e, d f, d g")) {
      while (query.progress().tasks() == 0) {
        Thread.onSpinWait();
      }
      query.cancel();
      assertThatThrownBy(query::kind).hasMessage("The query was cancelled");
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      if (path.startsWith("/results/")) {
        send(exchange, 200, Files.readAllBytes(Path.of(path.substring("/results".length()))));
        return;
      }
      if (!isSigned(exchange, body)) {
        send(exchange, 403, "{\"message\":\"Forbidden\"}".getBytes(StandardCharsets.UTF_8));
      } else if (path.equals("/2015-03-31/functions/frazil-coordinator/invocations")) {
        assertThat(exchange.getRequestURI().getQuery()).isEqualTo("Qualifier=live");
        send(exchange, 200, new CoordinatorHandler(runner).handle(body));
      } else {
        api(exchange, body);
      }
    }
  }

  private void api(HttpExchange exchange, byte[] body) throws IOException {
    URI uri = exchange.getRequestURI();
    var door =
        new HttpDoor(
            runner.queries(),
            id -> coordinators.execute(() -> runner.run(id)),
            new Results(
                new LocalObjectStore(),
                (location, lasting) ->
                    new ObjectLinks.Link("/results" + location, Instant.now().plus(lasting))),
            new SessionCatalog(SessionContext::builder, SessionContext.MEMORY),
            Duration.ofMillis(100),
            Gateway.TRUSTED);
    var event =
        new HttpEvent(
            HttpEvent.VERSION,
            uri.getRawPath(),
            uri.getRawQuery() == null ? "" : uri.getRawQuery(),
            Map.of(),
            new HttpEvent.RequestContext(
                new HttpEvent.Http(exchange.getRequestMethod(), uri.getRawPath()),
                "r",
                new HttpEvent.Authorizer(new HttpEvent.Iam(CALLER, null), null)),
            null,
            body.length == 0 ? null : new String(body, StandardCharsets.UTF_8),
            false);
    HttpAnswer answer =
        Json.decode(new HttpHandler(door).handle(Json.encode(event)), HttpAnswer.class);
    answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    send(exchange, answer.statusCode(), answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /// Whether the request is signed by who has the secret.
  private boolean isSigned(HttpExchange exchange, byte[] body) {
    Headers headers = exchange.getRequestHeaders();
    Matcher said = AUTHORIZATION.matcher(String.valueOf(headers.getFirst("Authorization")));
    if (!said.matches()) {
      return false;
    }
    service = said.group(3) + "/" + said.group(4);
    URI uri = exchange.getRequestURI();
    var request = new StringBuilder();
    request.append(exchange.getRequestMethod()).append('\n').append(uri.getRawPath()).append('\n');
    request.append(uri.getRawQuery() == null ? "" : uri.getRawQuery()).append('\n');
    for (String name : said.group(5).split(";")) {
      request.append(name).append(':').append(headers.getFirst(name)).append('\n');
    }
    request.append('\n').append(said.group(5)).append('\n').append(hex(hash(body)));
    String text =
        String.join(
            "\n",
            "AWS4-HMAC-SHA256",
            String.valueOf(headers.getFirst("X-Amz-Date")),
            said.group(1),
            hex(hash(request.toString().getBytes(StandardCharsets.UTF_8))));
    byte[] key = ("AWS4" + SECRET).getBytes(StandardCharsets.UTF_8);
    for (String part : said.group(1).split("/")) {
      key = hmac(key, part);
    }
    return hex(hmac(key, text)).equals(said.group(6));
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static byte[] hash(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
