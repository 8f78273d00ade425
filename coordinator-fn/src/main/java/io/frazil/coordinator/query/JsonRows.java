package io.frazil.coordinator.query;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_DATE_TIME;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows as JSON has them: numbers, booleans, nulls, and texts for what JSON has no exact value for.
/// Timestamps have the form that [io.frazil.engine.text.ValueText#iso] gives them in files.
public final class JsonRows {
  private JsonRows() {}

  public static List<@Nullable Object> row(List<@Nullable Object> row) {
    var encoded = new ArrayList<@Nullable Object>(row.size());
    row.forEach(value -> encoded.add(json(value)));
    return encoded;
  }

  /// How many bytes an encoded row takes at most, as JSON that is a text within JSON: as API
  /// Gateway has bodies.
  public static long bytes(List<@Nullable Object> encoded) {
    long bytes = 3;
    for (Object value : encoded) {
      bytes += value instanceof String text ? textBytes(text) : String.valueOf(value).length() + 1L;
    }
    return bytes;
  }

  private static long textBytes(String text) {
    // Its quotes, each behind a backslash, and a comma.
    long bytes = 5;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        bytes += 4;
      } else if (c < ' ') {
        bytes += 7;
      } else if (c < 0x80) {
        bytes++;
      } else {
        bytes += c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
      }
    }
    return bytes;
  }

  private static @Nullable Object json(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Boolean b -> b;
      case Byte n -> n.longValue();
      case Short n -> n.longValue();
      case Integer n -> n.longValue();
      case Long n -> n;
      // The same digits: 0.1 and not what a double makes of it.
      case Float n when Float.isFinite(n) -> Double.valueOf(n.toString());
      case Double n when Double.isFinite(n) -> n;
      case BigDecimal n -> n.toPlainString();
      // Always with seconds, and no more digits behind them than there are.
      case LocalDateTime time -> ISO_LOCAL_DATE_TIME.format(time);
      case Instant time -> ISO_LOCAL_DATE_TIME.format(time.atOffset(ZoneOffset.UTC)) + "Z";
      default -> value.toString();
    };
  }
}
