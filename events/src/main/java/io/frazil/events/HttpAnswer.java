package io.frazil.events;

import java.util.Map;

/// What a function answers to an [HttpEvent].
public record HttpAnswer(
    int statusCode, Map<String, String> headers, String body, boolean isBase64Encoded) {
  public HttpAnswer {
    headers = Map.copyOf(headers);
  }
}
