package io.frazil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.cli.serve.Admission;
import io.frazil.cli.serve.LocalServer;
import io.frazil.engine.memory.MemoryPool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// The HTTP API over a socket.
@Timeout(120)
final class ServeTest {
  private static final String ENDLESS =
      "WITH d(n) AS (VALUES %s) SELECT count(*) FROM d a, d b, d c, d e, d f, d g"
          .formatted("(1), ".repeat(99) + "(1)");

  @TempDir private Path folder;

  @Test
  void queriesAreAnsweredByTheFunctionsHandler() throws Exception {
    try (Running running = new Running(folder, 0, null)) {
      HttpResponse<String> answer = running.ask("SELECT 1 AS one");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"rows\":[[1]]");
      String location = answer.headers().firstValue("location").orElseThrow();
      assertThat(running.get(location).body()).contains("\"state\":\"done\"");
      assertThat(running.get(location + "/results").body()).contains("\"rows\":[[1]]");
    }
  }

  @Test
  void tablesAreMadeReadAndListedOverWorkers() throws Exception {
    try (Running running = new Running(folder, 2, null)) {
      assertThat(running.ask("CREATE TABLE t AS SELECT 1 AS a UNION ALL SELECT 2").body())
          .contains("\"updatedRows\":2");
      assertThat(running.ask("SELECT CAST(0.1 AS REAL) AS r, -1e0/0 AS d").body())
          .contains("\"rows\":[[0.1,\"-Infinity\"]]");
      assertThat(running.ask("SELECT sum(a) AS s FROM t").body()).contains("\"rows\":[[3]]");
      assertThat(running.get("/v1/tables/main").body()).isEqualTo("{\"tables\":[\"t\"]}");
      assertThat(running.get("/v1/tables/main/t").body())
          .isEqualTo("{\"columns\":[{\"name\":\"a\",\"type\":\"integer\",\"nullable\":false}]}");
    }
  }

  /// As API Gateway does: paths are decoded once, and an encoded slash divides names.
  @Test
  void namesInAPathAreDecodedOnce() throws Exception {
    try (Running running = new Running(folder, 0, null)) {
      for (String name : List.of("50%", "a%41", "a b", "a+b", "größe")) {
        String create = "{\"sql\": \"CREATE TABLE \\\"%s\\\" AS SELECT 1 AS a\"}".formatted(name);
        String location =
            running.post("/v1/queries", create).headers().firstValue("location").orElseThrow();
        while (!running.get(location).body().contains("\"done\"")) {
          Thread.onSpinWait();
        }
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        assertThat(running.get("/v1/tables/main/" + encoded).body()).contains("\"name\":\"a\"");
      }
      assertThat(running.get("/v1/tables/main/a+b").statusCode()).isEqualTo(200);
      assertThat(running.get("/v1/tables/main%2Fa+b").statusCode()).isEqualTo(200);
      assertThat(running.get("/v1/tables/main/aA").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aPageOfAnotherSiteIsRefused() throws Exception {
    try (Running running = new Running(folder, 0, null)) {
      assertThat(running.raw("POST /v1/queries HTTP/1.1\r\nHost: evil.example\r\n"))
          .startsWith("HTTP/1.1 403 ");
      assertThat(
              running.raw(
                  "GET /v1/queries HTTP/1.1\r\nHost: localhost\r\n"
                      + "Origin: https://evil.example\r\n"))
          .startsWith("HTTP/1.1 403 ");
      assertThat(running.raw("GET /v1/queries HTTP/1.1\r\nHost: localhost\r\n"))
          .startsWith("HTTP/1.1 200 ");
    }
  }

  /// Other systems have no second address of their own.
  @Test
  @EnabledOnOs(OS.LINUX)
  void aServerAtAnotherLoopbackAddressAnswersThere() throws Exception {
    var child = new ChildProcess(folder);
    Process serving = child.start("serve", "--port", "0", "--host", "127.0.0.2");
    try (HttpClient client = HttpClient.newHttpClient()) {
      var uri = URI.create("http://127.0.0.2:" + child.servedPort() + "/v1/queries");
      HttpRequest list = HttpRequest.newBuilder(uri).build();
      assertThat(client.send(list, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
      HttpRequest ofAnotherSite =
          HttpRequest.newBuilder(uri).header("Origin", "http://127.0.0.3").build();
      assertThat(client.send(ofAnotherSite, BodyHandlers.ofString()).statusCode()).isEqualTo(403);
    } finally {
      serving.destroy();
    }
  }

  /// What waits for its turn is asked for more than once, and then takes one place all the same.
  @Test
  void aQueryThatIsAskedForAgainWhileItWaitsKeepsNobodyFromTheirTurn() throws Exception {
    try (Running running = new Running(folder, 0, null)) {
      List<CompletableFuture<HttpResponse<String>>> long4 =
          Stream.of("a", "b", "c", "d").map(token -> running.submit(token, ENDLESS)).toList();
      running.awaitRunning(4);
      List<CompletableFuture<HttpResponse<String>>> again =
          Stream.generate(() -> running.submit("waits", ENDLESS)).limit(4).toList();
      for (var answer : again) {
        assertThat(answer.get().statusCode()).isEqualTo(202);
      }
      String waiting = again.getFirst().get().headers().firstValue("location").orElseThrow();
      for (var answer : long4) {
        String location = answer.get().headers().firstValue("location").orElseThrow();
        assertThat(running.delete(location).statusCode()).isEqualTo(202);
      }
      assertThat(running.ask("SELECT 1 AS one").body()).contains("\"rows\":[[1]]");
      assertThat(running.delete(waiting).statusCode()).isEqualTo(202);
    }
  }

  @Test
  void aTokenIsAskedForWhereThereIsOne() throws Exception {
    try (Running running = new Running(folder, 0, "secret")) {
      String request = "GET /v1/queries HTTP/1.1\r\nHost: anywhere\r\n";
      assertThat(running.raw(request)).startsWith("HTTP/1.1 401 ");
      assertThat(running.raw(request + "Authorization: Bearer secreT\r\n"))
          .startsWith("HTTP/1.1 401 ");
      assertThat(running.raw(request + "Authorization: Bearer secret\r\n"))
          .startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aRequestThatIsTooLargeIsRefused() throws Exception {
    try (Running running = new Running(folder, 0, null)) {
      HttpResponse<String> answer = running.post("/v1/queries", "x".repeat(5_000_000));
      assertThat(answer.statusCode()).isEqualTo(413);
    }
  }

  @Test
  void halfARequestIsNotWaitedForForever() throws Exception {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    var child = new ChildProcess(folder).with("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
    Process serving = child.start("serve", "--port", "0");
    try (var slow = new Socket(InetAddress.getLoopbackAddress(), child.servedPort())) {
      assertThat(temporary).isNotEmptyDirectory();
      slow.setSoTimeout(60_000);
      slow.getOutputStream()
          .write("GET /v1/queries HTTP/1.1\r\nHost: loc".getBytes(StandardCharsets.US_ASCII));
      assertThat(slow.getInputStream().read()).isEqualTo(-1);
    } finally {
      serving.destroy();
    }
    assertThat(serving.waitFor()).isEqualTo(143);
    assertThat(temporary).as("what its queries left").isEmptyDirectory();
  }

  @Test
  void aBlankTokenIsNoneForAServerThatOthersReach() throws Exception {
    var child = new ChildProcess(folder).with("FRAZIL_TOKEN", " ");
    Process refused = child.start("serve", "--port", "0", "--host", "0.0.0.0");
    assertThat(child.end(refused))
        .isEqualTo(
            new ChildProcess.Ended(
                1,
                "error: '0.0.0.0' can be reached by others: set FRAZIL_TOKEN to what they have to"
                    + " show\n"));
  }

  /// A server over a warehouse of its own.
  private static final class Running implements AutoCloseable {
    private final LocalDeployment deployment;
    private final LocalServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    Running(Path folder, int workers, @Nullable String token) {
      var catalog = new WarehouseOnDemand(folder.resolve("warehouse"));
      var resources = new CliSession.Resources(2, new MemoryPool(256 << 20));
      deployment = CliSession.deployment(catalog, workers, resources, catalog::close);
      server =
          LocalServer.start(
              new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
              deployment.http(),
              deployment.downloads(),
              Admission.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), token));
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
      return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
    }

    /// The answer with what the query gave, however long a busy machine takes for it.
    HttpResponse<String> ask(String sql) throws IOException, InterruptedException {
      String request = "{\"sql\":\"%s\",\"token\":\"%s\"}".formatted(sql, UUID.randomUUID());
      HttpResponse<String> answer = post("/v1/queries", request);
      while (answer.statusCode() == 202) {
        answer = post("/v1/queries", request);
      }
      return answer;
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
      return client.send(
          HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body)).build(),
          BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> submit(String token, String sql) {
      String request = "{\"sql\":\"%s\",\"token\":\"%s\"}".formatted(sql, token);
      return client.sendAsync(
          HttpRequest.newBuilder(uri("/v1/queries")).POST(BodyPublishers.ofString(request)).build(),
          BodyHandlers.ofString());
    }

    HttpResponse<String> delete(String path) throws IOException, InterruptedException {
      return client.send(
          HttpRequest.newBuilder(uri(path)).DELETE().build(), BodyHandlers.ofString());
    }

    void awaitRunning(int queries) throws IOException, InterruptedException {
      while (get("/v1/queries").body().split("\"state\":\"running\"", -1).length <= queries) {
        Thread.sleep(50);
      }
    }

    /// The head of an answer to a request with headers that a client would not send.
    String raw(String head) throws IOException {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
        byte[] request = (head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        socket.getOutputStream().write(request);
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      }
    }

    private URI uri(String path) {
      return URI.create("http://localhost:" + server.port() + path);
    }

    @Override
    public void close() {
      client.close();
      server.close();
      deployment.close();
    }
  }
}
