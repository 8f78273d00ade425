package io.frazil.coordinator.http;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.HttpEvent;
import io.frazil.events.Json;
import io.frazil.events.QueryRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// What requests bring.
final class Requests {
  /// What a body may have: with what API Gateway puts around it, and a third more in base 64, it
  /// has to be what a function takes.
  static final int BODY_BYTES_MAX = 4_000_000;

  /// The header that is a token, in lower case.
  static final String IDEMPOTENCY_KEY = "idempotency-key";

  private Requests() {}

  /// A query, its rows to come as a file from which pages are read.
  ///
  /// @throws io.frazil.events.MessageException where the body is none
  /// @throws FrazilException INVALID_ARGUMENT where the header and the body differ
  static QueryRequest query(HttpEvent event) {
    QueryRequest request = Json.decode(body(event), QueryRequest.class);
    String key = event.headers().get(IDEMPOTENCY_KEY);
    if (key != null && request.token() != null && !key.equals(request.token())) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "The header Idempotency-Key and the token differ");
    }
    QueryRequest arrow = request.withFormat(QueryRequest.Format.ARROW);
    return key == null ? arrow : withToken(arrow, key);
  }

  private static QueryRequest withToken(QueryRequest request, String key) {
    try {
      return request.withToken(key);
    } catch (IllegalArgumentException e) {
      throw new FrazilException(
          ErrorCode.INVALID_ARGUMENT, "Idempotency-Key is a token: " + e.getMessage(), e);
    }
  }

  private static byte[] body(HttpEvent event) {
    String body = event.body();
    if (body == null || body.isEmpty()) {
      throw new FrazilException(ErrorCode.INVALID_MESSAGE, "The request has no body");
    }
    byte[] bytes =
        Boolean.TRUE.equals(event.isBase64Encoded())
            ? decoded(body)
            : body.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > BODY_BYTES_MAX) {
      throw HttpFailure.requestTooLarge(
          "The body has %d bytes, and %d is the most".formatted(bytes.length, BODY_BYTES_MAX));
    }
    return bytes;
  }

  private static byte[] decoded(String body) {
    try {
      return Base64.getDecoder().decode(body);
    } catch (IllegalArgumentException e) {
      throw new FrazilException(ErrorCode.INVALID_MESSAGE, "The body is not base 64", e);
    }
  }
}
