package io.frazil.coordinator.http;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.HttpEvent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parameters behind a request's `?`, of which each route knows its own.
final class QueryString {
  private final Map<String, String> values;

  private QueryString(Map<String, String> values) {
    this.values = values;
  }

  /// @param known the names that there are
  /// @throws FrazilException INVALID_ARGUMENT
  static QueryString of(HttpEvent event, List<String> known) {
    var values = new HashMap<String, String>();
    for (String part : event.rawQueryString().split("&", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      int equal = part.indexOf('=');
      String name = equal < 0 ? part : part.substring(0, equal);
      if (!known.contains(name)) {
        throw invalid(
            known.isEmpty()
                ? "There is no parameter '%s', nor any other".formatted(name)
                : "There is no parameter '%s': %s".formatted(name, String.join(", ", known)));
      }
      if (values.put(name, equal < 0 ? "" : decoded(name, part.substring(equal + 1))) != null) {
        throw invalid("The parameter '" + name + "' is there twice");
      }
    }
    return new QueryString(values);
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /// A number from 1 on.
  int number(String name, int otherwise, int max) {
    String text = values.get(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= 1 && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw invalid("%s must be from 1 to %d, not '%s'".formatted(name, max, text));
  }

  private static String decoded(String name, String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw invalid("The parameter '" + name + "' is not percent-encoded");
    }
  }

  private static FrazilException invalid(String message) {
    return new FrazilException(ErrorCode.INVALID_ARGUMENT, message);
  }
}
