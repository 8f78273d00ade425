package io.frazil.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// A place for a value: a record's component or what a list or map holds.
///
/// @param isNullable whether null may be there
record Slot(Form form, boolean isNullable) {
  @Nullable Object read(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.VALUE_NULL) {
      return form.read(in);
    }
    if (!isNullable) {
      throw Wrong.isNull(in);
    }
    return null;
  }

  void write(@Nullable Object value, JsonGenerator out) throws IOException {
    if (value == null) {
      out.writeNull();
    } else {
      form.write(value, out);
    }
  }
}
