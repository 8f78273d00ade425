package io.frazil.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.math.BigDecimal;

/// Numbers, text and booleans: none becomes another.
final class ScalarForm extends Form {
  private final Kind kind;

  ScalarForm(Kind kind) {
    this.kind = kind;
  }

  enum Kind {
    TEXT("a string"),
    BOOLEAN("true or false"),
    INT("a whole number"),
    LONG("a whole number"),
    DOUBLE("a number"),
    DECIMAL("a number");

    private final String words;

    Kind(String words) {
      this.words = words;
    }
  }

  @Override
  Object read(JsonParser in) throws IOException {
    JsonToken token = in.currentToken();
    switch (kind) {
      case TEXT -> {
        if (token == JsonToken.VALUE_STRING) {
          return in.getText();
        }
      }
      case BOOLEAN -> {
        if (token.isBoolean()) {
          return token == JsonToken.VALUE_TRUE;
        }
      }
      case INT, LONG -> {
        if (token == JsonToken.VALUE_NUMBER_INT) {
          return whole(in);
        }
      }
      case DOUBLE -> {
        if (token.isNumeric()) {
          return in.getDoubleValue();
        }
        if (token == JsonToken.VALUE_STRING) {
          return notANumber(in);
        }
      }
      case DECIMAL -> {
        if (token.isNumeric()) {
          return in.getDecimalValue();
        }
      }
    }
    throw Wrong.kind(in, kind.words);
  }

  private Object whole(JsonParser in) throws IOException {
    JsonParser.NumberType type = in.getNumberType();
    if (type == JsonParser.NumberType.INT) {
      int value = in.getIntValue();
      return kind == Kind.INT ? (Object) value : (Object) (long) value;
    }
    if (type == JsonParser.NumberType.LONG && kind == Kind.LONG) {
      return in.getLongValue();
    }
    throw kind == Kind.INT
        ? Wrong.range(in, Integer.MIN_VALUE, Integer.MAX_VALUE)
        : Wrong.range(in, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /// What JSON has no number for is written as a string.
  private Object notANumber(JsonParser in) throws IOException {
    return switch (in.getText()) {
      case "NaN" -> Double.NaN;
      case "Infinity" -> Double.POSITIVE_INFINITY;
      case "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> throw Wrong.kind(in, kind.words);
    };
  }

  @Override
  void write(Object value, JsonGenerator out) throws IOException {
    switch (kind) {
      case TEXT -> out.writeString((String) value);
      case BOOLEAN -> out.writeBoolean((Boolean) value);
      case INT -> out.writeNumber((int) (Integer) value);
      case LONG -> out.writeNumber((long) (Long) value);
      case DOUBLE -> out.writeNumber((double) (Double) value);
      case DECIMAL -> out.writeNumber((BigDecimal) value);
    }
  }
}
