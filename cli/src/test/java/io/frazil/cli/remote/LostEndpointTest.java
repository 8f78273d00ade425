package io.frazil.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.events.Json;
import io.frazil.events.QueryRequest;
import io.frazil.events.ResultLocation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client does whose endpoint, or link, ends to work meanwhile.
@Timeout(120)
class LostEndpointTest {
  private static final String CONTENT = "content";

  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private volatile int expired;
  private HttpServer server;
  private Requests requests;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var _ = server.createContext("/", this::answer);
    server.start();
    URI base = URI.create("http://localhost:" + server.getAddress().getPort());
    requests = new Requests(base, Authorization.NONE);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 403})
  void aLinkThatHasExpiredIsAskedForAgain(int status) {
    expired = status;
    var links = new ArrayList<String>(List.of("/good", "/expired"));
    try (var object =
        new RemoteObject(
            requests,
            () ->
                new ResultLocation(
                    "q1", "arrow", links.removeLast(), CONTENT.length(), "2026-01-31T12:00:00Z"))) {
      var bytes = new byte[CONTENT.length()];
      object.read(0, bytes, 0, bytes.length);
      assertThat(new String(bytes, StandardCharsets.UTF_8)).isEqualTo(CONTENT);
    }
    assertThat(asked).containsExactly("GET /expired", "GET /good");
  }

  @Test
  void aQueryWhoseStateCannotBeHadIsStopped() {
    var api = new ApiCoordinator(requests, new MemoryPool(1 << 20));
    byte[] request = Json.encode(QueryRequest.of("SELECT 1").withToken("t"));
    assertThatThrownBy(() -> api.run(request))
        .hasMessageContaining("500")
        .hasMessageEndingWith(": query q1 was stopped");
    assertThat(asked)
        .containsExactly("POST /v1/queries", "GET /v1/queries/q1", "DELETE /v1/queries/q1");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] _ = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      asked.add(exchange.getRequestMethod() + " " + path);
      int status =
          switch (exchange.getRequestMethod() + " " + path) {
            case "POST /v1/queries", "DELETE /v1/queries/q1" -> 202;
            case "GET /good" -> 206;
            case "GET /expired" -> expired;
            default -> 500;
          };
      exchange.getResponseHeaders().set("Location", "/v1/queries/q1");
      byte[] body = CONTENT.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
