package io.frazil.engine.expression;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.frazil.engine.type.DataType;
import java.io.IOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// The JSON of a literal: `{"is": "literal", "type": "decimal(15,2)", "value": "0.06"}`. Values are
/// strings, so that no digit, sign of zero or NaN is lost on the way.
final class LiteralJson {
  /// Many more than a decimal has.
  private static final int DIGITS_MAX = 1_000;

  private LiteralJson() {}

  /// The value, after checking that its class is the one its type asks for.
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
    return type instanceof DataType.Decimal(int _, int scale)
        ? scaled((BigDecimal) value, scale)
        : value;
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

  static final class Writer extends StdSerializer<Expression.Literal> {
    Writer() {
      super(Expression.Literal.class);
    }

    @Override
    public void serialize(Expression.Literal literal, JsonGenerator out, SerializerProvider p)
        throws IOException {
      out.writeStartObject();
      out.writeStringField("is", "literal");
      out.writeStringField("type", literal.type().text());
      Object value = literal.value();
      if (value != null) {
        out.writeStringField(
            "value", value instanceof BigDecimal d ? d.toPlainString() : value.toString());
      }
      out.writeEndObject();
    }

    @Override
    public void serializeWithType(
        Expression.Literal literal, JsonGenerator out, SerializerProvider p, TypeSerializer type)
        throws IOException {
      serialize(literal, out, p);
    }
  }

  static final class Reader extends StdDeserializer<Expression.Literal> {
    Reader() {
      super(Expression.Literal.class);
    }

    @Override
    public Expression.Literal deserialize(JsonParser in, DeserializationContext context)
        throws IOException {
      JsonNode node = context.readTree(in);
      DataType type = DataType.parse(node.path("type").asText());
      JsonNode value = node.get("value");
      return new Expression.Literal(value == null ? null : parse(value.asText(), type), type);
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
