package io.frazil.coordinator.http;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.events.HttpEvent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Which part of a result is asked for.
///
/// @param batch number of the record batch where it begins, and `row` within that
/// @param rowsMax how many rows are wanted
record Query(int batch, int row, int rowsMax) {
  private static final int ROWS = 1_000;
  private static final int ROWS_MAX = 10_000;

  /// The beginning.
  static final Query FIRST = new Query(0, 0, ROWS);

  /// Out of `?page=...&limit=...`.
  ///
  /// @throws FrazilException INVALID_ARGUMENT
  static Query of(HttpEvent event) {
    Map<String, String> parameters = parameters(event.rawQueryString());
    String page = parameters.getOrDefault("page", "0.0");
    int dot = page.indexOf('.');
    if (dot < 0) {
      throw notAPage(page);
    }
    try {
      return new Query(
          Integer.parseUnsignedInt(page.substring(0, dot)),
          Integer.parseUnsignedInt(page.substring(dot + 1)),
          limit(parameters.getOrDefault("limit", String.valueOf(ROWS))));
    } catch (NumberFormatException e) {
      throw notAPage(page);
    }
  }

  private static int limit(String text) {
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= ROWS_MAX) {
        return limit;
      }
    } catch (NumberFormatException e) {
      // Said below.
    }
    throw new FrazilException(
        ErrorCode.INVALID_ARGUMENT,
        "limit must be from 1 to %d, not '%s'".formatted(ROWS_MAX, text));
  }

  private static Map<String, String> parameters(String raw) {
    var parameters = new HashMap<String, String>();
    for (String part : raw.split("&", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      int equal = part.indexOf('=');
      String name = equal < 0 ? part : part.substring(0, equal);
      if (!name.equals("page") && !name.equals("limit")) {
        throw new FrazilException(
            ErrorCode.INVALID_ARGUMENT, "There is no parameter '" + name + "': page and limit are");
      }
      parameters.put(
          name,
          equal < 0 ? "" : URLDecoder.decode(part.substring(equal + 1), StandardCharsets.UTF_8));
    }
    return parameters;
  }

  private static FrazilException notAPage(String page) {
    return new FrazilException(
        ErrorCode.INVALID_ARGUMENT, "'%s' is not a page: take what 'next' says".formatted(page));
  }
}
