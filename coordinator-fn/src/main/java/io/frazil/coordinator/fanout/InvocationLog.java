package io.frazil.coordinator.fanout;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The end of a function's log, which comes with its answer and has what Lambda bills.
final class InvocationLog {
  /// `REPORT RequestId: 1 Duration: 12.34 ms Billed Duration: 13 ms ...`, or the same as JSON.
  private static final Pattern BILLED =
      Pattern.compile("Billed Duration: (\\d{1,9}) ms|\"billedDurationMs\": ?(\\d{1,9})");

  private InvocationLog() {}

  /// @param tail in base 64, as Lambda gives it; null where there is none
  static OptionalLong billedMillis(@Nullable String tail) {
    if (tail == null) {
      return OptionalLong.empty();
    }
    String text;
    try {
      text = new String(Base64.getDecoder().decode(tail), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return OptionalLong.empty();
    }
    OptionalLong last = OptionalLong.empty();
    // What the function itself writes comes before.
    for (Matcher found = BILLED.matcher(text); found.find(); ) {
      last = OptionalLong.of(Long.parseLong(found.group(found.group(1) == null ? 2 : 1)));
    }
    return last;
  }
}
