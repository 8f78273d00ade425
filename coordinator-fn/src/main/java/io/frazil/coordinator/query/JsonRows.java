package io.frazil.coordinator.query;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Rows as JSON has them: numbers, booleans, nulls, and texts for what JSON has no exact value for.
public final class JsonRows {
  private JsonRows() {}

  public static List<@Nullable Object> row(List<@Nullable Object> row) {
    var encoded = new ArrayList<@Nullable Object>(row.size());
    row.forEach(value -> encoded.add(json(value)));
    return encoded;
  }

  /// About how many characters an encoded row takes, with what stands around its values.
  public static long characters(List<@Nullable Object> encoded) {
    long characters = 2;
    for (Object value : encoded) {
      characters += String.valueOf(value).length() + 3L;
    }
    return characters;
  }

  private static @Nullable Object json(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Boolean b -> b;
      case Byte n -> n.longValue();
      case Short n -> n.longValue();
      case Integer n -> n.longValue();
      case Long n -> n;
      case Float n when Float.isFinite(n) -> n;
      case Double n when Double.isFinite(n) -> n;
      case BigDecimal n -> n.toPlainString();
      default -> value.toString();
    };
  }
}
