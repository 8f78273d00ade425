package io.frazil.engine.expression;

import io.frazil.engine.type.DataType;
import io.frazil.json.Wire;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// The JSON of a literal: `{"is": "literal", "type": "decimal(15,2)", "value": "0.06"}`.
public final class LiteralJson {
  /// How a literal travels.
  public static final Wire<Expression.Literal, Text> WIRE = new Form();

  /// Many more than a decimal has.
  private static final int DIGITS_MAX = 1_000;

  private LiteralJson() {}

  /// The value as one of its type: of the scale of a decimal, the nearest float of a REAL. Its
  /// class must be the one that the type asks for.
  static @Nullable Object checked(@Nullable Object value, DataType type) {
    if (value == null) {
      return null;
    }
    Class<?> expected =
        switch (type) {
          case DataType.Simple.BOOLEAN -> Boolean.class;
          case DataType.Simple.REAL, DataType.Simple.DOUBLE -> Double.class;
          case DataType.Simple.VARCHAR -> String.class;
          case DataType.Decimal _ -> BigDecimal.class;
          case DataType.Simple _, DataType.Timestamp _ -> Long.class;
        };
    if (!expected.isInstance(value)) {
      throw new IllegalArgumentException(
          "a literal of type %s is a %s, not %s"
              .formatted(type.text(), expected.getSimpleName(), value.getClass().getName()));
    }
    return switch (type) {
      case DataType.Decimal(int _, int scale) -> scaled((BigDecimal) value, scale);
      case DataType.Simple.REAL -> (double) ((Double) value).floatValue();
      case DataType.Simple _, DataType.Timestamp _ -> value;
    };
  }

  /// A number of a billion zeros is short as a text, and not as digits.
  private static BigDecimal scaled(BigDecimal value, int scale) {
    if (value.precision() > DIGITS_MAX || Math.abs((long) value.scale()) > DIGITS_MAX) {
      throw new IllegalArgumentException("a decimal literal has too many digits");
    }
    if (value.stripTrailingZeros().scale() > scale) {
      throw new IllegalArgumentException(
          "a decimal literal has more than %d digits behind the point".formatted(scale));
    }
    return value.setScale(scale);
  }

  /// What travels of a literal, behind that it is one.
  ///
  /// @param value as a text, so that no digit, sign of zero or NaN is lost on the way; null of a
  ///   null
  public record Text(DataType type, @Nullable String value) {}

  private static final class Form extends Wire<Expression.Literal, Text> {
    Form() {
      super(Expression.Literal.class, Text.class);
    }

    @Override
    protected Text write(Expression.Literal literal) {
      return new Text(literal.type(), text(literal.value()));
    }

    @Override
    protected Expression.Literal read(Text said) {
      String value = said.value();
      return new Expression.Literal(value == null ? null : parse(value, said.type()), said.type());
    }

    private static @Nullable String text(@Nullable Object value) {
      if (value == null) {
        return null;
      }
      return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }

    private static BigDecimal decimal(String text) {
      if (text.length() > DIGITS_MAX) {
        throw new IllegalArgumentException("a decimal literal has too many digits");
      }
      return new BigDecimal(text);
    }

    private static Object parse(String text, DataType type) {
      return switch (type) {
        case DataType.Simple.BOOLEAN -> Boolean.valueOf(text);
        case DataType.Simple.REAL, DataType.Simple.DOUBLE -> Double.valueOf(text);
        case DataType.Simple.VARCHAR -> text;
        case DataType.Decimal _ -> decimal(text);
        case DataType.Simple _, DataType.Timestamp _ -> Long.valueOf(text);
      };
    }
  }
}
