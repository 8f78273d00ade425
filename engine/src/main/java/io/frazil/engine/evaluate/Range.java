package io.frazil.engine.evaluate;

import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.kernel.Keys;
import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The keys ([Keys]) that pass a comparison with a constant: from `low` to `high`, none where these
/// cross, or all others where `negated`.
///
/// @param openBelow whether nothing is too small: matters to values that are no longs
/// @param openAbove whether nothing is too great
record Range(long low, long high, boolean openBelow, boolean openAbove, boolean negated) {
  private static final Range NOTHING = new Range(0, -1, false, false, false);

  /// The values `x` for which `x operator literal` is true; empty where that is no range of longs.
  static Optional<Range> of(ComparisonOperator operator, Literal literal) {
    Long known = key(literal.value());
    if (known == null) {
      return Optional.empty();
    }
    long key = known;
    return switch (operator) {
      case EQUAL -> Optional.of(new Range(key, key, false, false, false));
      case NOT_EQUAL -> Optional.of(new Range(key, key, false, false, true));
      case LESS -> Optional.of(key == Long.MIN_VALUE ? NOTHING : upTo(key - 1));
      case LESS_OR_EQUAL -> Optional.of(upTo(key));
      case GREATER -> Optional.of(key == Long.MAX_VALUE ? NOTHING : from(key + 1));
      case GREATER_OR_EQUAL -> Optional.of(from(key));
      case DISTINCT, NOT_DISTINCT -> Optional.empty();
    };
  }

  private static Range upTo(long key) {
    return new Range(Long.MIN_VALUE, key, true, false, false);
  }

  private static Range from(long key) {
    return new Range(key, Long.MAX_VALUE, false, true, false);
  }

  /// The key of a literal's value; null where it has none of 64 bits.
  static @Nullable Long key(@Nullable Object value) {
    return switch (value) {
      case Boolean truth -> truth ? 1L : 0L;
      case Long number -> number;
      case Double number -> Keys.of(number);
      case BigDecimal decimal ->
          decimal.unscaledValue().bitLength() < 64 ? decimal.unscaledValue().longValue() : null;
      case null, default -> null;
    };
  }

  boolean isEmpty() {
    return low > high;
  }

  /// The values in both; empty where that is no range.
  Optional<Range> and(Range other) {
    if (negated || other.negated) {
      return Optional.empty();
    }
    return Optional.of(
        isEmpty() || other.isEmpty()
            ? NOTHING
            : new Range(
                Math.max(low, other.low),
                Math.min(high, other.high),
                openBelow && other.openBelow,
                openAbove && other.openAbove,
                false));
  }
}
