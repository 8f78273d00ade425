package io.frazil.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A list is an array.
final class ListForm extends Form {
  private final Slot element;

  ListForm(Slot element) {
    this.element = element;
  }

  @Override
  Object read(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      throw Wrong.kind(in, "an array");
    }
    var list = new ArrayList<@Nullable Object>();
    while (in.nextToken() != JsonToken.END_ARRAY) {
      list.add(element.read(in));
    }
    return list;
  }

  @Override
  void write(Object value, JsonGenerator out) throws IOException {
    out.writeStartArray();
    for (Object item : (List<?>) value) {
      element.write(item, out);
    }
    out.writeEndArray();
  }

  @Override
  Object empty() {
    return List.of();
  }
}
