package io.frazil.coordinator.http;

import io.frazil.engine.error.FrazilException;
import io.frazil.events.ErrorMessage;
import io.frazil.events.HttpAnswer;
import io.frazil.events.Json;
import java.util.Map;

/// A request that is wrong as HTTP.
final class HttpFailure extends RuntimeException {
  private final int status;
  private final String code;
  private final transient Map<String, String> headers;

  private HttpFailure(int status, String code, String message, Map<String, String> headers) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }

  static HttpFailure noSuchPath(String path) {
    return new HttpFailure(404, "PATH_NOT_FOUND", "There is nothing at '" + path + "'", Map.of());
  }

  static HttpFailure notFound(FrazilException e) {
    return new HttpFailure(404, e.code().name(), e.getMessage(), Map.of());
  }

  /// @param allowed as the header Allow has them
  static HttpFailure methodNotAllowed(String method, String path, String allowed) {
    return new HttpFailure(
        405,
        "METHOD_NOT_ALLOWED",
        "'%s' cannot be asked by %s, but by %s".formatted(path, method, allowed),
        Map.of("allow", allowed));
  }

  static HttpFailure notFromGateway() {
    return new HttpFailure(
        403, "PERMISSION_DENIED", "This function answers its API's requests alone", Map.of());
  }

  /// A request that is larger than is read, with the limit in its message.
  static HttpFailure requestTooLarge(String message) {
    return new HttpFailure(413, "REQUEST_TOO_LARGE", message, Map.of());
  }

  /// @param bytes how large the answer would be
  static HttpFailure answerTooLarge(int bytes) {
    return new HttpFailure(
        422,
        "ANSWER_TOO_LARGE",
        "The answer would have %d bytes, and %d is the most: ask for fewer rows, or for the result"
                .formatted(bytes, Json.MAX_BYTES)
            + " by format=arrow",
        Map.of());
  }

  static HttpFailure unauthorized() {
    return new HttpFailure(401, "UNAUTHORIZED", "The request does not say who makes it", Map.of());
  }

  HttpAnswer answer() {
    var error = new ErrorMessage(code, "USER", String.valueOf(getMessage()), null);
    return Problems.of(status, error, null, headers);
  }
}
