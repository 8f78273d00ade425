package io.frazil.coordinator.prime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// The statements that priming runs, which stand beside it as SQL.
final class Scripts {
  private Scripts() {}

  /// The statements of a script, which end with semicolons.
  static List<String> statements(String script) {
    try (InputStream in = Objects.requireNonNull(Scripts.class.getResourceAsStream(script))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Arrays.stream(text.split(";", -1))
          .map(String::strip)
          .filter(s -> !s.isEmpty())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
