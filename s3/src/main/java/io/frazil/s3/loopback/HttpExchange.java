package io.frazil.s3.loopback;

import io.frazil.s3.loopback.LoopbackServer.Answer;
import io.frazil.s3.loopback.LoopbackServer.Request;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Optional;

/// One connection's requests, one after another: as much of HTTP/1.1 as our own client speaks.
final class HttpExchange implements AutoCloseable {
  private static final int BUFFER_BYTES = 64 << 10;

  private final InputStream in;
  private final OutputStream out;

  HttpExchange(Socket connection) throws IOException {
    connection.setTcpNoDelay(true);
    this.in = new BufferedInputStream(connection.getInputStream(), BUFFER_BYTES);
    this.out = new BufferedOutputStream(connection.getOutputStream(), BUFFER_BYTES);
  }

  /// The next request, or empty where the client has hung up.
  Optional<Request> next() throws IOException {
    String start = line();
    if (start.isEmpty()) {
      return Optional.empty();
    }
    var headers = new HashMap<String, String>();
    for (String header = line(); !header.isEmpty(); header = line()) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    if (headers.containsKey("expect")) {
      send("HTTP/1.1 100 Continue\r\n\r\n");
      out.flush();
    }
    byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
    int path = start.indexOf(' ') + 1;
    int end = start.indexOf(' ', path);
    String target = start.substring(path, end);
    int query = target.indexOf('?');
    return Optional.of(
        new Request(
            start.substring(0, path - 1),
            query < 0 ? target : target.substring(0, query),
            query < 0 ? "" : target.substring(query + 1),
            headers,
            body));
  }

  void answer(Request request, Answer answer) throws IOException {
    var head = new StringBuilder("HTTP/1.1 ").append(answer.status()).append(" -\r\n");
    answer
        .headers()
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("Content-Length: ").append(answer.length()).append("\r\n\r\n");
    send(head.toString());
    if (!request.method().equals("HEAD")) {
      out.write(answer.body(), answer.from(), answer.length());
    }
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private void send(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private String line() throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      bytes.write(b);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1).strip();
  }
}
