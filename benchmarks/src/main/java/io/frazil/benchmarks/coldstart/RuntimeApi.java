package io.frazil.benchmarks.coldstart;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Lambda's Runtime API for one function: hands it invocations and takes its answers, noting when.
final class RuntimeApi implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String PREFIX = "/2018-06-01/runtime/";
  private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

  private final HttpServer server;
  private final BlockingQueue<byte[]> invocations = new LinkedBlockingQueue<>();
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

  /// What the function did.
  ///
  /// @param what the last words of the path: `invocation/next`, `response`
  record Event(String what, byte[] body, long nanos) {}

  RuntimeApi() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(PREFIX, this::serve);
    server.start();
  }

  String address() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  void invoke(byte[] payload) {
    invocations.add(payload);
  }

  /// What the function does next.
  ///
  /// @throws IllegalStateException where it is none of the things expected
  Event await(String... expected) throws InterruptedException {
    Event event = events.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    if (event != null) {
      for (String what : expected) {
        if (event.what.equals(what)) {
          return event;
        }
      }
    }
    String seen =
        event == null
            ? "nothing"
            : event.what + " " + new String(event.body, StandardCharsets.UTF_8);
    throw new IllegalStateException(
        "the function should have asked for " + String.join(" or ", expected) + ", not " + seen);
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange) throws IOException {
    long now = System.nanoTime();
    String what = exchange.getRequestURI().getPath().substring(PREFIX.length());
    byte[] body = exchange.getRequestBody().readAllBytes();
    if (what.startsWith("invocation/") && !what.equals("invocation/next")) {
      what = what.substring(what.lastIndexOf('/') + 1);
    }
    events.add(new Event(what, body, now));
    switch (what) {
      case "invocation/next" -> next(exchange);
      case "restore/next" -> send(exchange, 200, NOTHING);
      default -> send(exchange, 202, NOTHING);
    }
  }

  private void next(HttpExchange exchange) throws IOException {
    byte[] payload;
    try {
      payload = invocations.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    var headers = exchange.getResponseHeaders();
    headers.set("Lambda-Runtime-Aws-Request-Id", "cold-start");
    headers.set("Lambda-Runtime-Trace-Id", "Root=1-0-0");
    headers.set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:::function:cold-start");
    headers.set(
        "Lambda-Runtime-Deadline-Ms",
        String.valueOf(System.currentTimeMillis() + PATIENCE.toMillis()));
    send(exchange, 200, payload);
  }

  // Without a type the client's native code would crash.
  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
