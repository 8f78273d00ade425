package io.frazil.coordinator.http;

import io.frazil.events.HttpAnswer;
import io.frazil.events.Json;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Messages as answers.
final class Answers {
  /// What a function may answer, with room for what API Gateway puts around it.
  private static final int CHARACTERS_MAX = 5_500_000;

  private Answers() {}

  static HttpAnswer json(int status, Map<String, String> headers, Object content) {
    return of(status, "application/json", headers, content);
  }

  static HttpAnswer of(
      int status, String contentType, Map<String, String> headers, Object content) {
    String body = new String(Json.encode(content), StandardCharsets.UTF_8);
    if (body.length() > CHARACTERS_MAX) {
      throw new IllegalStateException("an answer is within what a function may answer");
    }
    var all = new HashMap<>(headers);
    all.put("content-type", contentType);
    all.put("cache-control", "no-store");
    return new HttpAnswer(status, all, body, false);
  }
}
