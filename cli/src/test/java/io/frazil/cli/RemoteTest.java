package io.frazil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The command line as a client of a Frazil elsewhere.
@Timeout(240)
final class RemoteTest {
  @TempDir private Path folder;

  @Test
  void statementsRunThere() {
    try (var there = new There(null)) {
      var here = new CommandLineRun(folder);
      assertThat(here.run(there.sql("CREATE TABLE t AS SELECT 1 AS a, 0.50 AS d, 'x' AS s")))
          .isZero();
      assertThat(here.err()).contains("1 row written");
      assertThat(here.run(there.sql("SELECT * FROM t", "--format", "csv"))).isZero();
      assertThat(here.out()).isEqualTo("a,d,s\n1,0.50,x\n");
      assertThat(here.run(there.sql("SELECT * FROM t", "--format", "json"))).isZero();
      assertThat(here.out()).isEqualTo("[\n{\"a\":1,\"d\":0.50,\"s\":\"x\"}\n]\n");
      assertThat(here.run(there.with("tables"))).isZero();
      assertThat(here.out()).contains("main", "t");
      assertThat(here.run(there.with("describe", "t"))).isZero();
      assertThat(here.out()).contains("decimal(3,2)");
      assertThat(here.run(there.with("describe", "t; DROP TABLE t"))).isEqualTo(1);
      assertThat(here.run(there.with("describe", "main.t"))).as(here.err()).isZero();
      assertThat(here.warehouse()).doesNotExist();
    }
  }

  @Test
  void viewsStayWithTheRun() {
    try (var there = new There(null)) {
      var here = new CommandLineRun(folder);
      String script = "CREATE VIEW v AS SELECT 7 AS n; SELECT n + 1 AS m FROM v";
      assertThat(here.run(there.sql(script, "--format", "csv"))).isZero();
      assertThat(here.out()).isEqualTo("m\n8\n");
    }
  }

  @Test
  void aLargeResultComesInPieces() throws IOException {
    try (var there = new There(null)) {
      var here = new CommandLineRun(folder);
      Path file = folder.resolve("out.csv");
      String digits = "VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)";
      String text = "'" + "long ".repeat(20) + "'";
      String many =
          "WITH d(n) AS (%s) SELECT %s || a.n AS t, a.n FROM d a, d b, d c, d e, d f"
              .formatted(digits, text);
      assertThat(here.run(there.sql(many, "--format", "csv", "--output", file.toString())))
          .as(here.err())
          .isZero();
      try (var lines = Files.lines(file)) {
        assertThat(lines.skip(1).filter(line -> line.startsWith("long long"))).hasSize(100_000);
      }
    }
  }

  @Test
  void whatTakesTooLongIsStoppedThere() {
    try (var there = new There(null)) {
      var here = new CommandLineRun(folder);
      String endless =
          "WITH d(n) AS (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) SELECT count(*)"
              + " FROM d a, d b, d c, d e, d f, d g, d h, d i, d j, d k, d l, d m, d n, d o, d p";
      assertThat(here.run(there.sql(endless, "--timeout", "2s"))).isEqualTo(1);
      assertThat(here.err()).contains("The query ran longer than its limit of 2000 ms");
    }
  }

  @Test
  void anErrorShowsItsPlace() {
    try (var there = new There(null)) {
      var here = new CommandLineRun(folder);
      assertThat(here.run(there.sql("SELECT *\nFROM missing"))).isEqualTo(1);
      assertThat(here.err()).contains("line 2:6: Table 'missing' does not exist", "^");
    }
  }

  @Test
  void aTokenIsShown() {
    try (var there = new There("secret")) {
      var here = new CommandLineRun(folder);
      assertThat(here.run(there.sql("SELECT 1 AS one", "--format", "csv", "--token", "secret")))
          .isZero();
      assertThat(here.out()).isEqualTo("one\n1\n");
      assertThat(here.run(there.sql("SELECT 1", "--token", "wrong"))).isEqualTo(1);
      assertThat(here.err())
          .isEqualTo(
              "error: The endpoint answered 401: The request needs the header 'Authorization:"
                  + " Bearer TOKEN' (are the credentials those of somebody who may use it?)\n");
    }
  }

  @Test
  void aBlankTokenIsRefusedAndABlankVariableIsNone() throws Exception {
    var here = new CommandLineRun(folder);
    assertThat(here.run("sql", "--endpoint", "https://x", "--token", "", "-c", "SELECT 1"))
        .isEqualTo(2);
    assertThat(here.err()).startsWith("frazil: --token takes a token, not ''\n");
    try (var there = new There(null);
        var gateway = new StubGateway(there.port())) {
      var child = new ChildProcess(folder).with("FRAZIL_TOKEN", "");
      Process asking = child.start("sql", "--endpoint", gateway.endpoint(), "-c", "SELECT 1");
      assertThat(child.end(asking)).isEqualTo(new ChildProcess.Ended(0, ""));
      assertThat(gateway.authorized).isFalse();
    }
  }

  @Test
  void theEnvironmentSaysWhereUnlessTheCommandLineDoes() throws Exception {
    try (var there = new There(null)) {
      var here = new CommandLineRun(folder);
      assertThat(here.run(there.sql("CREATE TABLE t AS SELECT 7 AS n"))).isZero();
      var child = new ChildProcess(folder).with("FRAZIL_ENDPOINT", there.endpoint());
      String[] asked = {"sql", "-c", "SELECT * FROM t", "--format", "csv", "--output", "t.csv"};
      assertThat(child.end(child.start(asked))).isEqualTo(new ChildProcess.Ended(0, ""));
      assertThat(folder.resolve("t.csv")).hasContent("n\n7");
      String[] local = {"sql", "-c", "SELECT * FROM t", "--warehouse", "here"};
      ChildProcess.Ended ended = child.end(child.start(local));
      assertThat(ended.status()).isEqualTo(1);
      assertThat(ended.err()).contains("Table 't' does not exist");
    }
  }

  @Test
  void whatApiGatewayRefusesForNowIsSentAgain() throws IOException {
    try (var there = new There(null);
        var gateway = new StubGateway(there.port())) {
      gateway.answerFirst(429, "application/json", "{\"message\":\"Too Many Requests\"}");
      gateway.answerFirst(500, "application/json", "{\"message\":\"Internal Server Error\"}");
      gateway.answerFirst(503, "application/json", "{\"message\":\"Service Unavailable\"}");
      gateway.answerFirst(502, "text/html", "<html>bad gateway</html>");
      var here = new CommandLineRun(folder);
      assertThat(
              here.run(
                  "sql",
                  "--endpoint",
                  gateway.endpoint(),
                  "-c",
                  "SELECT 1 AS one",
                  "--format",
                  "csv"))
          .as(here.err())
          .isZero();
      assertThat(here.out()).isEqualTo("one\n1\n");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "403|{\"message\":\"Forbidden\"}|403: Forbidden (are the credentials",
        "403|{\"Message\":\"User is not authorized\"}|403: User is not authorized (are",
        "404|{\"message\":\"Not Found\"}|404: Not Found (is this the endpoint of a Frazil?)",
        "413|{\"message\":\"Request Too Long\"}|413: Request Too Long",
        "505|<html><body>  broken  </body></html>|505: <html><body> broken </body></html>",
        "200|hello|does not answer as a Frazil's does"
      })
  void whatApiGatewayRefusesIsSaid(int status, String body, String said) throws IOException {
    try (var gateway = new StubGateway(1)) {
      gateway.answerFirst(status, "application/json", body);
      var here = new CommandLineRun(folder);
      assertThat(here.run("sql", "--endpoint", gateway.endpoint(), "-c", "SELECT 1")).isEqualTo(1);
      assertThat(here.err()).startsWith("error: ").contains(said);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://x", "http://", "https://host/path", "function:", "function:a b"})
  void whatIsNoEndpointIsRefused(String endpoint) {
    var here = new CommandLineRun(folder);
    assertThat(here.run("sql", "--endpoint", endpoint, "-c", "SELECT 1")).isEqualTo(1);
    assertThat(here.err()).contains("it should be like");
  }

  @Test
  void aTokenIsNotSentInTheClear() {
    var here = new CommandLineRun(folder);
    assertThat(
            here.run(
                "sql", "--endpoint", "http://192.0.2.1", "--token", "secret", "-c", "SELECT 1"))
        .isEqualTo(1);
    assertThat(here.err()).contains("use https");
  }

  @Test
  void thisMachinesOptionsAreRefused() {
    var here = new CommandLineRun(folder);
    assertThat(here.run("sql", "--endpoint", "https://x", "--workers", "2", "-c", "SELECT 1"))
        .isEqualTo(1);
    assertThat(here.err()).contains("--endpoint asks a deployed Frazil");
  }

  @Test
  void ctrlCStopsTheQueryThere() throws Exception {
    var server = new ChildProcess(Files.createDirectory(folder.resolve("server")));
    Process serving = server.start("serve", "--port", "0");
    try {
      String endpoint = "http://127.0.0.1:" + server.servedPort();
      var client = new ChildProcess(Files.createDirectory(folder.resolve("client")));
      String ones = "WITH d(n) AS (VALUES %s) ".formatted("(1), ".repeat(99) + "(1)");
      Process running =
          client.start(
              "sql",
              "--endpoint",
              endpoint,
              "-c",
              ones + "SELECT count(*) FROM d a, d b, d c, d e, d f, d g");
      await(endpoint, "running");
      new ProcessBuilder("kill", "-INT", String.valueOf(running.pid())).start().waitFor();
      assertThat(client.end(running).status()).isEqualTo(ExitStatus.INTERRUPTED);
      await(endpoint, "cancelled");
    } finally {
      serving.destroy();
      serving.waitFor(30, TimeUnit.SECONDS);
    }
  }

  private static void await(String endpoint, String state) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(endpoint + "/v1/queries")).build();
      String list = "";
      while (!list.contains("\"state\":\"" + state + "\"")) {
        Thread.sleep(50);
        list = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      }
    }
  }

  /// A Frazil elsewhere, and what is said on the command line to ask it.
  private final class There implements AutoCloseable {
    private final ServedWarehouse served;

    There(@Nullable String token) {
      served = new ServedWarehouse(folder.resolve("there"), token);
    }

    int port() {
      return served.port();
    }

    String endpoint() {
      return served.endpoint();
    }

    String[] sql(String sql, String... more) {
      var arguments = new ArrayList<>(List.of(with("sql", "-c", sql)));
      arguments.addAll(List.of(more));
      return arguments.toArray(String[]::new);
    }

    String[] with(String command, String... more) {
      var arguments = new ArrayList<>(List.of(command, "--endpoint", endpoint()));
      arguments.addAll(List.of(more));
      return arguments.toArray(String[]::new);
    }

    @Override
    public void close() {
      served.close();
    }
  }

  /// Answers for itself first, as API Gateway does for what it refuses, and hands on the rest.
  private static final class StubGateway implements AutoCloseable {
    private record Canned(int status, String type, String body) {}

    private final HttpServer server;
    private final Deque<Canned> first = new ArrayDeque<>();
    private final int behind;
    private volatile boolean authorized;
    private final HttpClient client = HttpClient.newHttpClient();

    StubGateway(int behind) throws IOException {
      this.behind = behind;
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var _ = server.createContext("/", this::answer);
      server.start();
    }

    String endpoint() {
      return "http://localhost:" + server.getAddress().getPort();
    }

    void answerFirst(int status, String type, String body) {
      first.add(new Canned(status, type, body));
    }

    private void answer(HttpExchange exchange) throws IOException {
      try (exchange) {
        byte[] request = exchange.getRequestBody().readAllBytes();
        authorized |= exchange.getRequestHeaders().containsKey("Authorization");
        Canned canned = first.poll();
        if (canned != null) {
          byte[] body = canned.body().getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", canned.type());
          exchange.sendResponseHeaders(canned.status(), body.length);
          exchange.getResponseBody().write(body);
          return;
        }
        handOn(exchange, request);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void handOn(HttpExchange exchange, byte[] body)
        throws IOException, InterruptedException {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(
                  URI.create("http://localhost:" + behind + exchange.getRequestURI()))
              .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
      String range = exchange.getRequestHeaders().getFirst("Range");
      if (range != null) {
        request.header("Range", range);
      }
      HttpResponse<byte[]> reply =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      reply
          .headers()
          .firstValue("location")
          .ifPresent(location -> exchange.getResponseHeaders().set("Location", location));
      reply
          .headers()
          .firstValue("content-type")
          .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
      exchange.sendResponseHeaders(reply.statusCode(), reply.body().length);
      exchange.getResponseBody().write(reply.body());
    }

    @Override
    public void close() {
      server.stop(0);
      client.close();
    }
  }
}
