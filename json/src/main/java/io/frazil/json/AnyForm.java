package io.frazil.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/// Where a declaration says `Object`: a scalar is read as what it is, a [Long], a
/// [java.math.BigDecimal], a text or a boolean, and whatever is there is written by its class.
final class AnyForm extends Form {
  private final Forms forms;

  AnyForm(Forms forms) {
    this.forms = forms;
  }

  @Override
  Object read(JsonParser in) throws IOException {
    JsonToken token = in.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      return in.getText();
    }
    if (token.isBoolean()) {
      return token == JsonToken.VALUE_TRUE;
    }
    if (!token.isNumeric()) {
      throw Wrong.kind(in, "a string, a number, a boolean or null");
    }
    boolean isLong =
        token == JsonToken.VALUE_NUMBER_INT
            && in.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    return isLong ? (Object) in.getLongValue() : (Object) in.getDecimalValue();
  }

  @Override
  void write(Object value, JsonGenerator out) throws IOException {
    forms.of(value).write(value, out);
  }
}
