package io.frazil.cli.serve;

import com.sun.net.httpserver.HttpExchange;
import io.frazil.events.HttpAnswer;
import io.frazil.events.HttpEvent;
import io.frazil.events.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Requests as API Gateway's events.
final class Events {
  /// Who asks a server of this machine; it knows no others.
  private static final String CALLER = "local";

  /// An event has its body in base 64, which takes a third more.
  private static final int BODY_BYTES_MAX = Json.MAX_BYTES / 4 * 3 - 100_000;

  private Events() {}

  /// The encoded event; empty where the request is larger than a function takes.
  static Optional<byte[]> of(HttpExchange exchange) {
    byte[] body;
    try {
      body = exchange.getRequestBody().readNBytes(BODY_BYTES_MAX + 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return body.length > BODY_BYTES_MAX
        ? Optional.empty()
        : Optional.of(Json.encode(event(exchange, body)));
  }

  /// As API Gateway says it.
  static HttpAnswer tooLarge() {
    return new HttpAnswer(
        413,
        Map.of("content-type", "application/json"),
        "{\"message\": \"Request Entity Too Large: at most %d bytes\"}".formatted(BODY_BYTES_MAX),
        false);
  }

  private static HttpEvent event(HttpExchange exchange, byte[] body) {
    URI uri = exchange.getRequestURI();
    String query = uri.getRawQuery();
    var headers = new HashMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    // Decoded, as the gateway hands it on.
    String path = String.valueOf(uri.getPath());
    return new HttpEvent(
        HttpEvent.VERSION,
        path,
        query == null ? "" : query,
        headers,
        new HttpEvent.RequestContext(
            new HttpEvent.Http(exchange.getRequestMethod(), path),
            UUID.randomUUID().toString(),
            new HttpEvent.Authorizer(new HttpEvent.Iam(CALLER, null), null)),
        null,
        body.length == 0 ? null : Base64.getEncoder().encodeToString(body),
        true);
  }
}
