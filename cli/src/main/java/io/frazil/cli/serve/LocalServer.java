package io.frazil.cli.serve;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.frazil.coordinator.HttpHandler;
import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.HttpAnswer;
import io.frazil.events.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The HTTP function's handler behind a server of this process. Each request is answered by a
/// thread of its own.
public final class LocalServer implements AutoCloseable {
  private static final int CLOSING_SECONDS = 1;

  private final HttpServer server;
  private final HttpHandler handler;
  private final Admission admission;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private LocalServer(HttpServer server, HttpHandler handler, Admission admission) {
    this.server = server;
    this.handler = handler;
    this.admission = admission;
  }

  /// Starts to answer.
  ///
  /// @param address where; port 0 for a free one
  /// @param downloads what links lead to that the handler gives
  /// @throws FrazilException INVALID_ARGUMENT where nobody can listen there
  public static LocalServer start(
      InetSocketAddress address,
      HttpHandler handler,
      LocalDownloads downloads,
      Admission admission) {
    try {
      HttpServer server = HttpServer.create(address, 0);
      var local = new LocalServer(server, handler, admission);
      server.setExecutor(local.threads);
      var _ = server.createContext("/", local::answer);
      var _ = server.createContext(LocalDownloads.PATH, downloads::answer);
      server.start();
      return local;
    } catch (IOException e) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT,
          "Nobody can listen at %s:%d: %s"
              .formatted(address.getHostString(), address.getPort(), e.getMessage()),
          e);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(CLOSING_SECONDS);
    threads.close();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpAnswer answer =
          admission
              .refusal(exchange.getRequestHeaders())
              .orElseGet(() -> Events.of(exchange).map(this::handle).orElseGet(Events::tooLarge));
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        try (OutputStream out = exchange.getResponseBody()) {
          out.write(body);
        }
      }
    }
  }

  private HttpAnswer handle(byte[] event) {
    return Json.decode(handler.handle(event), HttpAnswer.class);
  }
}
