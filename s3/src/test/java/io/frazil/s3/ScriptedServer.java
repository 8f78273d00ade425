package io.frazil.s3;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;

/// A server that answers requests, in the order they come, with what the test wrote down before. A
/// connection carries one request.
final class ScriptedServer implements AutoCloseable {
  private final ServerSocket socket;
  private final Queue<Step> script = new ArrayDeque<>();
  private final List<Request> requests = new ArrayList<>();
  private final CountDownLatch closed = new CountDownLatch(1);

  /// What a request said.
  ///
  /// @param line `GET /bucket/key HTTP/1.1`
  record Request(String line, List<String> headers, String body) {
    String header(String name) {
      String start = name.toLowerCase(Locale.ROOT) + ":";
      return headers.stream()
          .filter(h -> h.toLowerCase(Locale.ROOT).startsWith(start))
          .map(h -> h.substring(start.length()).strip())
          .findFirst()
          .orElse("");
    }
  }

  /// What to do with a request.
  interface Step {
    void answer(Socket connection, Request request) throws Exception;
  }

  ScriptedServer() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().name("scripted-server").start(this::accept);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  synchronized ScriptedServer then(Step step) {
    script.add(step);
    return this;
  }

  ScriptedServer then(int status, String body, String... headers) {
    return then((c, _) -> write(c, status, body, body.length(), headers));
  }

  /// Promises `length` bytes and ends after those of `body`.
  ScriptedServer thenCutShort(int status, String body, int length, String... headers) {
    return then((c, _) -> write(c, status, body, length, headers));
  }

  ScriptedServer thenReset() {
    return then((c, _) -> c.setSoLinger(true, 0));
  }

  /// Says nothing until the client hangs up or the test ends.
  ScriptedServer thenNothing() {
    return then((c, _) -> closed.await());
  }

  synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  List<String> lines() {
    return requests().stream().map(r -> r.line().replace(" HTTP/1.1", "")).toList();
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    socket.close();
  }

  static void write(Socket to, int status, String body, int length, String... headers)
      throws IOException {
    var head = new StringBuilder("HTTP/1.1 " + status + " Scripted\r\nConnection: close\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    head.append("Content-Length: ").append(length).append("\r\n\r\n");
    OutputStream out = to.getOutputStream();
    out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
    out.write(body.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  private void accept() {
    while (true) {
      try {
        Socket connection = socket.accept();
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException _) {
        return; // The test has ended.
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      Request request = read(new BufferedInputStream(connection.getInputStream()));
      next(request).answer(connection, request);
    } catch (Exception _) {
      // The client went away, or the test did.
      return;
    }
  }

  private synchronized Step next(Request request) {
    requests.add(request);
    Step step = script.poll();
    return step == null ? (c, _) -> write(c, 418, "", 0) : step;
  }

  private static Request read(InputStream in) throws IOException {
    String line = line(in);
    var headers = new ArrayList<String>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      headers.add(header);
    }
    var head = new Request(line, headers, "");
    String length = head.header("Content-Length");
    byte[] body = in.readNBytes(length.isEmpty() ? 0 : Integer.parseInt(length));
    return new Request(line, headers, new String(body, StandardCharsets.ISO_8859_1));
  }

  private static String line(InputStream in) throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      bytes.write(b);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1).strip();
  }
}
