package io.frazil.cli.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.frazil.cli.client.CoordinatorSession;
import io.frazil.coordinator.query.QueryRunner;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.store.ObjectStore;
import io.frazil.events.AskQuery;
import io.frazil.events.Json;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.QueryState.Phase;
import io.frazil.events.QueryStatus;
import io.frazil.session.QueryHandle;
import io.frazil.session.dispatch.ErrorMessages;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a client of the function does whose query outlasts it.
@Timeout(60)
class FunctionCoordinatorTest {
  private static final String ID = QueryRunner.id("t");
  private static final byte[] REQUEST = Json.encode(QueryRequest.of("SELECT 1").withToken("t"));
  private static final QueryResponse GIVEN =
      new QueryResponse(ID, List.of(), List.of(), null, 5L, null, null, null, null);

  /// What the function answers; where there is nothing, it fails.
  private final Queue<byte[]> answers = new ConcurrentLinkedQueue<>();

  /// Released where a query that only ends by being cancelled has been.
  private final CountDownLatch cancelled = new CountDownLatch(1);

  /// Released when a test is over.
  private final CountDownLatch over = new CountDownLatch(1);

  /// How often the function is asked to cancel before it knows of the query.
  private int unknown;

  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;
  private FunctionCoordinator function;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var _ = server.createContext("/", this::answer);
    var _ = server.createContext("/starting", this::answerOnceCancelled);
    var _ = server.createContext("/silent", this::answerOnlyQuestions);
    server.setExecutor(threads);
    server.start();
    function = function("/function");
  }

  private FunctionCoordinator function(String path) {
    return function(path, new LocalObjectStore());
  }

  private FunctionCoordinator function(String path, ObjectStore store) {
    URI base = URI.create("http://localhost:" + server.getAddress().getPort());
    return new FunctionCoordinator(
        new Requests(base, Authorization.NONE),
        path,
        store,
        new MemoryPool(1 << 20),
        Duration.ofMillis(20));
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.close();
  }

  @Test
  void aQueryThatIsHandedOverIsFollowedToItsEnd() {
    answers.add(Json.encode(QueryRunner.goesOn(ID)));
    answers.add(status(Phase.RUNNING, null));
    answers.add(status(Phase.DONE, GIVEN));
    assertThat(Json.decode(function.run(REQUEST), QueryResponse.class).updatedRows()).isEqualTo(5);
    assertThat(asked.subList(1, 3)).containsOnly(text(Json.encode(new AskQuery(ID))));
  }

  @Test
  void soIsOneWhoseCoordinatorIsLost() {
    answers.add(new byte[0]);
    answers.add(status(Phase.DONE, GIVEN));
    assertThat(Json.decode(function.run(REQUEST), QueryResponse.class).updatedRows()).isEqualTo(5);
  }

  @Test
  void oneOfWhichNothingIsKnownIsLost() {
    assertThatThrownBy(() -> function.run(REQUEST)).hasMessageStartingWith("The function failed: ");
  }

  @Test
  void anAnswerThatNeverComesIsNotWaitedForOnceTheQueryIsOver() {
    answers.add(status(Phase.RUNNING, null));
    answers.add(status(Phase.DONE, GIVEN));
    byte[] response = function("/silent").run(REQUEST);
    assertThat(Json.decode(response, QueryResponse.class).updatedRows()).isEqualTo(5);
    assertThat(asked)
        .containsExactly(
            text(REQUEST),
            text(Json.encode(new AskQuery(ID))),
            text(Json.encode(new AskQuery(ID))));
  }

  @Test
  void aResultThatTheCallerMayNotReadNamesTheRightThatIsMissing() {
    var denied =
        new FrazilException(
            ErrorCode.PERMISSION_DENIED,
            "'s3://results/queries/q/1.arrow' cannot be read: permission denied (403)");
    var store =
        (ObjectStore)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (_, _, _) -> {
                  throw denied;
                });
    var output =
        new QueryResponse(
            ID,
            List.of(),
            List.of(),
            "s3://results/queries/q/1.arrow",
            null,
            null,
            null,
            null,
            null);
    assertThatThrownBy(() -> function("/function", store).open(output))
        .hasMessage(
            "The query has ended, but its result takes rights of your own to read: s3:GetObject on"
                + " it, and kms:Decrypt where its bucket has a KMS key. "
                + denied.getMessage())
        .extracting("code")
        .isEqualTo(ErrorCode.PERMISSION_DENIED);
  }

  @Test
  void aQueryThatIsNotKnownYetIsCancelledOnceItIs() {
    unknown = 2;
    var session = new CoordinatorSession(function("/starting"), Map.of());
    try (QueryHandle query = session.sql("SELECT 1")) {
      query.cancel();
      assertThatThrownBy(query::kind).hasMessage("The query was cancelled");
    }
    assertThat(asked.stream().filter(message -> message.contains("\"cancel\""))).hasSize(3);
  }

  @Test
  void aQueryThatIsRefusedNeedNotBeCancelled() {
    unknown = Integer.MAX_VALUE;
    cancelled.countDown();
    var session = new CoordinatorSession(function("/starting"), Map.of());
    try (QueryHandle query = session.sql("SELECT 1")) {
      query.cancel();
      assertThatThrownBy(query::kind).hasMessage("The query was cancelled");
    }
  }

  /// A function whose answers to queries are lost on their way.
  private void answerOnlyQuestions(HttpExchange exchange) throws IOException {
    try (exchange) {
      String message = text(exchange.getRequestBody().readAllBytes());
      asked.add(message);
      if (message.contains("\"sql\"")) {
        over.await();
        return;
      }
      byte[] body = answers.remove();
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// A coordinator that has just been started, and runs a query until it is cancelled.
  private void answerOnceCancelled(HttpExchange exchange) throws IOException {
    try (exchange) {
      String message = text(exchange.getRequestBody().readAllBytes());
      asked.add(message);
      byte[] body;
      if (!message.contains("\"cancel\"")) {
        cancelled.await();
        body = failed(ErrorCode.CANCELLED, "The query was cancelled");
      } else if (unknown > 0) {
        unknown--;
        body = failed(ErrorCode.QUERY_NOT_FOUND, "There is no query '" + ID + "'");
      } else {
        cancelled.countDown();
        body = status(Phase.RUNNING, null);
      }
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] failed(ErrorCode code, String message) {
    return Json.encode(
        QueryResponse.failed(null, ErrorMessages.encode(new FrazilException(code, message))));
  }

  private static byte[] status(Phase phase, @Nullable QueryResponse response) {
    String time = "2026-01-31T12:00:00Z";
    return Json.encode(
        new QueryStatus(ID, "SELECT 1", phase, time, time, null, null, null, null, response, null));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      asked.add(text(exchange.getRequestBody().readAllBytes()));
      byte[] body = answers.isEmpty() ? new byte[0] : answers.remove();
      if (body.length == 0) {
        exchange.getResponseHeaders().set("X-Amz-Function-Error", "Unhandled");
        body = "{}".getBytes(StandardCharsets.UTF_8);
      }
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
