package io.frazil.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.events.Json;
import io.frazil.events.Problem;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.QueryState.Phase;
import io.frazil.events.QueryStatus;
import io.frazil.events.ResultLocation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client does whose endpoint, or link, ends to work meanwhile.
@Timeout(120)
class LostEndpointTest {
  private static final String CONTENT = "content";

  private static final byte[] REQUEST = Json.encode(QueryRequest.of("SELECT 1").withToken("t"));

  private static final String TIME = "2026-01-31T12:00:00Z";
  private static final byte[] DONE =
      Json.encode(
          new QueryStatus(
              "q1",
              "SELECT 1",
              Phase.DONE,
              TIME,
              TIME,
              TIME,
              null,
              null,
              null,
              new QueryResponse("q1", List.of(), List.of(), null, 5L, null, null, null, null),
              null));
  private static final byte[] BROKEN =
      Json.encode(
          new Problem(
              "about:blank",
              "Internal Server Error",
              500,
              "It is broken",
              ErrorCode.INTERNAL.name(),
              null,
              "q1"));

  /// How the first questions about the query are answered.
  private final Queue<Looked> looks = new ConcurrentLinkedQueue<>();

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
    requests = requests(base, Duration.ofMinutes(1));
  }

  private static Requests requests(URI base, Duration readyMax) {
    return new Requests(base, Authorization.NONE, Duration.ofSeconds(35), 1, readyMax);
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

  /// What a look at the query's state meets.
  private enum Looked {
    BROKEN_FUNCTION,
    NO_ROOM,
    LOST_CONNECTION,
    FRAZILS_OWN_ERROR,
    NO_SNAPSHOT
  }

  @Test
  void aQueryWhoseStateCannotBeHadIsStopped() {
    looks.addAll(Collections.nCopies(6, Looked.BROKEN_FUNCTION));
    assertThatThrownBy(() -> api(Duration.ZERO).run(REQUEST))
        .hasMessageContaining("500: Internal Server Error")
        .hasMessageEndingWith(": query q1 was stopped");
    assertThat(asked).hasSize(8).startsWith("POST /v1/queries").endsWith("DELETE /v1/queries/q1");
  }

  @Test
  void oneOfWhichFrazilItselfSaysThatItIsBrokenIsStoppedAtOnce() {
    looks.add(Looked.FRAZILS_OWN_ERROR);
    assertThatThrownBy(() -> api(Duration.ofMinutes(1)).run(REQUEST))
        .hasMessage("It is broken: query q1 was stopped");
    assertThat(asked)
        .containsExactly("POST /v1/queries", "GET /v1/queries/q1", "DELETE /v1/queries/q1");
  }

  @ParameterizedTest
  @EnumSource(names = {"BROKEN_FUNCTION", "NO_ROOM", "LOST_CONNECTION"})
  void whatPassesDoesNotStopAQuery(Looked look) {
    looks.add(look);
    assertThat(updatedRows(api(Duration.ZERO).run(REQUEST))).isEqualTo(5);
    assertThat(asked)
        .containsExactly("POST /v1/queries", "GET /v1/queries/q1", "GET /v1/queries/q1");
  }

  @Test
  void anOutageThatOutlastsAllAttemptsIsWaitedFor() {
    looks.addAll(Collections.nCopies(9, Looked.NO_ROOM));
    assertThat(updatedRows(api(Duration.ofMinutes(1)).run(REQUEST))).isEqualTo(5);
    assertThat(asked).hasSize(11).doesNotContain("DELETE /v1/queries/q1");
  }

  @Test
  void aFunctionWhoseSnapshotIsMadeAnewIsWaitedFor() {
    looks.addAll(Collections.nCopies(20, Looked.NO_SNAPSHOT));
    assertThat(requests.get("/v1/queries/q1").isGood()).isTrue();
    assertThat(asked).hasSize(21);
  }

  @Test
  void oneThatTakesTooLongIsSaidToNeedMinutes() {
    looks.add(Looked.NO_SNAPSHOT);
    URI base = URI.create("http://localhost:" + server.getAddress().getPort());
    assertThat(requests(base, Duration.ZERO).get("/v1/queries/q1").failure())
        .hasMessage(
            "The endpoint answered 409: Lambda is initializing your function. (Lambda makes its"
                + " version ready, which takes minutes: ask again then)")
        .extracting(FrazilException::code)
        .isEqualTo(ErrorCode.STORE_UNAVAILABLE);
    assertThat(asked).hasSize(1);
  }

  private ApiCoordinator api(Duration patience) {
    return new ApiCoordinator(requests, new MemoryPool(1 << 20), patience);
  }

  private static @Nullable Long updatedRows(byte[] response) {
    return Json.decode(response, QueryResponse.class).updatedRows();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] _ = exchange.getRequestBody().readAllBytes();
      String path = exchange.getRequestURI().getPath();
      asked.add(exchange.getRequestMethod() + " " + path);
      if (exchange.getRequestMethod().equals("GET") && path.equals("/v1/queries/q1")) {
        look(exchange);
        return;
      }
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

  private void look(HttpExchange exchange) throws IOException {
    switch (looks.poll()) {
      case null -> send(exchange, 200, "application/json", DONE);
      case BROKEN_FUNCTION ->
          send(exchange, 500, "application/json", "{\"message\":\"Internal Server Error\"}");
      case NO_ROOM ->
          send(exchange, 503, "application/json", "{\"message\":\"Service Unavailable\"}");
      // Closed without an answer.
      case LOST_CONNECTION -> {}
      case NO_SNAPSHOT -> {
        // As Lambda's API names its errors.
        exchange
            .getResponseHeaders()
            .set(
                "x-amzn-ErrorType", "SnapStartNotReadyException:http://internal.amazon.com/coral/");
        send(
            exchange,
            409,
            "application/json",
            "{\"Type\":\"User\",\"message\":\"Lambda is initializing your function.\"}");
      }
      case FRAZILS_OWN_ERROR -> send(exchange, 500, "application/problem+json", BROKEN);
    }
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    send(exchange, status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
