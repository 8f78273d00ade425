package io.frazil.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A map is an object whose members' names are its keys: texts, or whole numbers.
final class MapForm extends Form {
  private final boolean numbered;
  private final Slot values;

  /// @param numbered whether the keys are whole numbers
  MapForm(boolean numbered, Slot values) {
    this.numbered = numbered;
    this.values = values;
  }

  @Override
  Object read(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw Wrong.kind(in, "an object");
    }
    var map = new LinkedHashMap<Object, @Nullable Object>();
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      Object key = numbered ? number(in, name) : name;
      if (map.containsKey(key)) {
        throw Wrong.twice(in);
      }
      in.nextToken();
      map.put(key, values.read(in));
    }
    return map;
  }

  private static Object number(JsonParser in, String name) {
    try {
      return Integer.valueOf(name);
    } catch (NumberFormatException e) {
      throw Wrong.key(in, e);
    }
  }

  @Override
  void write(Object value, JsonGenerator out) throws IOException {
    out.writeStartObject();
    for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
      out.writeFieldName(String.valueOf(entry.getKey()));
      values.write(entry.getValue(), out);
    }
    out.writeEndObject();
  }

  @Override
  Object empty() {
    return Map.of();
  }
}
