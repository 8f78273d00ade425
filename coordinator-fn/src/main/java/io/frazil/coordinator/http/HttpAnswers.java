package io.frazil.coordinator.http;

import io.frazil.events.HttpAnswer;
import io.frazil.events.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Messages as answers.
final class HttpAnswers {
  private HttpAnswers() {}

  static HttpAnswer json(int status, Map<String, String> headers, Object content) {
    return of(status, "application/json", headers, content);
  }

  static HttpAnswer of(
      int status, String contentType, Map<String, String> headers, Object content) {
    var all = new HashMap<>(headers);
    all.put("content-type", contentType);
    all.put("cache-control", "no-store");
    String body = new String(Json.encode(content), StandardCharsets.UTF_8);
    return new HttpAnswer(status, all, body, false);
  }
}
