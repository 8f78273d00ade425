package io.frazil.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.frazil.cli.client.CoordinatorSession;
import io.frazil.cli.remote.Endpoint;
import io.frazil.engine.memory.MemoryPool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jline.reader.Candidate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What of a line the completion of names is about, and what a deployment is asked for it.
@Timeout(60)
final class NameCompleterTest {
  /// In each of four schemas.
  private static final int TABLES = 20;

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile boolean broken;
  private HttpServer server;
  private NameCompleter completer;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var _ = server.createContext("/", this::answer);
    server.start();
    Endpoint.Deployment there =
        Endpoint.of("http://localhost:" + server.getAddress().getPort())
            .deployment(new Endpoint.Access(null, false), Map.of(), new MemoryPool(1 << 20));
    completer =
        new NameCompleter(
            new CoordinatorSession(there.coordinator(), Map.of("there", there.catalog())));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void nameEndsAtTheCursorAndBeginsAfterASign() {
    assertThat(typed("select sum(l_ext|) from t").word()).isEqualTo("l_ext");
    assertThat(typed("select a,b.c|").word()).isEqualTo("b.c");
    assertThat(typed("select a, |").word()).isEmpty();
    assertThat(typed("\\ti|").word()).isEqualTo("\\ti");
  }

  @Test
  void wordBeforeItIsKnown() {
    assertThat(typed("select * from  ord|").before()).isEqualTo("from");
    assertThat(typed("\\d ord|").before()).isEqualTo("\\d");
    assertThat(typed("select sum(l_ext|").before()).isEqualTo("(");
    assertThat(typed("sel|").before()).isEmpty();
  }

  @Test
  void tablesOfADeploymentAreListedWithoutAQueryAndOnce() {
    assertThat(completed("select * from s3_t1|")).hasSize(11).contains("s3_t1", "s3_t19");
    assertThat(completed("select * from s0_t0|")).containsExactly("s0_t0");
    assertThat(asked)
        .containsExactly(
            "GET /v1/tables?limit=10000",
            "GET /v1/tables?limit=10000&page=s1",
            "GET /v1/tables/s0?limit=10000",
            "GET /v1/tables/s1?limit=10000",
            "GET /v1/tables/s2?limit=10000",
            "GET /v1/tables/s3?limit=10000");
  }

  @Test
  void columnsAreThoseOfTheTableThatIsNamed() {
    assertThat(completed("select of_s2| from s2_t7")).containsExactly("of_s2_t7");
    assertThat(asked).hasSize(7).endsWith("GET /v1/tables/s2/s2_t7?limit=10000");
  }

  @Test
  void whereNoneIsNamedFewTablesOfAllSchemasAreOpened() {
    assertThat(completed("select of_|")).hasSize(30);
    assertThat(asked).hasSize(6 + 30);
  }

  @Test
  void whatCouldNotBeHadIsAskedForAgain() {
    broken = true;
    assertThat(completed("select * from s0_t0|")).isEmpty();
    assertThat(completed("sele|")).containsExactly("select");
    assertThat(asked).hasSize(2);
    broken = false;
    assertThat(completed("select * from s0_t0|")).containsExactly("s0_t0");
  }

  private List<String> completed(String lineWithCursor) {
    var candidates = new ArrayList<Candidate>();
    completer.complete(typed(lineWithCursor), candidates);
    return candidates.stream().map(Candidate::value).toList();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
      byte[] body = listed(exchange).getBytes(StandardCharsets.UTF_8);
      // Said by Frazil itself, so that nobody tries again at once.
      exchange.getResponseHeaders().set("Content-Type", "application/problem+json");
      exchange.sendResponseHeaders(broken ? 500 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private String listed(HttpExchange exchange) {
    String[] path = exchange.getRequestURI().getPath().split("/");
    boolean isFollowing = exchange.getRequestURI().getQuery().endsWith("&page=s1");
    return switch (path.length) {
      case 3 ->
          isFollowing
              ? "{\"schemas\": [\"s2\", \"s3\"]}"
              : "{\"schemas\": [\"s0\", \"s1\"], \"next\": \"s1\"}";
      case 4 ->
          IntStream.range(0, TABLES)
              .mapToObj(n -> "\"" + path[3] + "_t" + n + "\"")
              .collect(Collectors.joining(", ", "{\"tables\": [", "]}"));
      default ->
          "{\"columns\": [{\"name\": \"of_%s\", \"type\": \"bigint\", \"nullable\": true}]}"
              .formatted(path[4]);
    };
  }

  private static StatementParser.Typed typed(String lineWithCursor) {
    int cursor = lineWithCursor.indexOf('|');
    return StatementParser.Typed.at(lineWithCursor.replace("|", ""), cursor);
  }
}
