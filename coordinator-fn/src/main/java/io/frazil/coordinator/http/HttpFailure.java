package io.frazil.coordinator.http;

import io.frazil.events.ErrorMessage;
import io.frazil.events.HttpAnswer;
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

  /// @param allowed as the header Allow has them
  static HttpFailure methodNotAllowed(String method, String path, String allowed) {
    return new HttpFailure(
        405,
        "METHOD_NOT_ALLOWED",
        "'%s' cannot be asked by %s, but by %s".formatted(path, method, allowed),
        Map.of("allow", allowed));
  }

  static HttpFailure unauthorized() {
    return new HttpFailure(401, "UNAUTHORIZED", "The request does not say who makes it", Map.of());
  }

  HttpAnswer answer() {
    var error = new ErrorMessage(code, "USER", String.valueOf(getMessage()), null);
    return Problems.of(status, error, null, headers);
  }
}
