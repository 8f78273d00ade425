package io.frazil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.frazil.events.Json;
import io.frazil.events.QueryState.Phase;
import io.frazil.events.QueryStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A client of an endpoint that takes a query and then does not answer whoever wants to stop it.
@Timeout(180)
final class HangingEndpointTest {
  private static final String TIME = "2026-01-31T12:00:00Z";
  private static final byte[] RUNNING =
      Json.encode(
          new QueryStatus(
              "q1", "SELECT 1", Phase.RUNNING, TIME, TIME, null, null, null, null, null, null));

  @TempDir private Path folder;

  private final CountDownLatch following = new CountDownLatch(1);
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    var _ = server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    threads.close();
  }

  @Test
  void aSecondInterruptEndsTheProcessWhileTheFirstIsObeyed() throws Exception {
    var client = new ChildProcess(folder);
    String endpoint = "http://localhost:" + server.getAddress().getPort();
    Process running = client.start("sql", "--endpoint", endpoint, "-c", "SELECT 1");
    following.await();
    interrupt(running);
    stopping.await();
    interrupt(running);
    assertThat(client.end(running)).isEqualTo(new ChildProcess.Ended(130, ""));
  }

  private static void interrupt(Process process) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] _ = exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("Location", "/v1/queries/q1");
      switch (exchange.getRequestMethod()) {
        case "POST" -> exchange.sendResponseHeaders(202, -1);
        case "DELETE" -> {
          stopping.countDown();
          over.await();
        }
        default -> {
          following.countDown();
          exchange.sendResponseHeaders(200, RUNNING.length);
          exchange.getResponseBody().write(RUNNING);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
