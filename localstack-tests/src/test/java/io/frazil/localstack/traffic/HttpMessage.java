package io.frazil.localstack.traffic;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A request as it comes over a connection.
///
/// @param line `GET /path HTTP/1.1`
/// @param headers as they came, without those about the connection
record HttpMessage(String line, List<String> headers, byte[] body) {
  private static final int CHARACTERS_MAX = 64 << 10;

  /// Reads one; empty at the connection's end.
  static Optional<HttpMessage> read(InputStream in, Runnable beforeBody) throws IOException {
    String line = line(in);
    if (line.isEmpty()) {
      return Optional.empty();
    }
    var headers = new ArrayList<String>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      headers.add(header);
    }
    var head = new HttpMessage(line, headers, new byte[0]);
    if (head.header("transfer-encoding").isPresent()) {
      throw new IOException("a request's body is to come with its length: " + head);
    }
    if (head.header("expect").isPresent()) {
      beforeBody.run();
    }
    headers.removeIf(h -> isNamed(h, "connection") || isNamed(h, "expect"));
    int length = head.header("content-length").map(Integer::parseInt).orElse(0);
    return Optional.of(new HttpMessage(line, List.copyOf(headers), in.readNBytes(length)));
  }

  String method() {
    return line.substring(0, line.indexOf(' '));
  }

  /// Path and query.
  String target() {
    return line.substring(line.indexOf(' ') + 1, line.lastIndexOf(' '));
  }

  /// @param name in lower case
  Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> isNamed(header, name))
        .map(header -> header.substring(name.length() + 1).strip())
        .findFirst();
  }

  /// The same as bytes, asking for the connection to be closed after the answer.
  byte[] bytes() {
    var all = new ByteArrayOutputStream();
    String head = line + "\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n";
    all.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    all.writeBytes(body);
    return all.toByteArray();
  }

  private static boolean isNamed(String header, String name) {
    return header.toLowerCase(Locale.ROOT).startsWith(name + ":");
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
      line.write(b);
      if (line.size() > CHARACTERS_MAX) {
        throw new IOException("a line of a request is too long");
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
  }
}
