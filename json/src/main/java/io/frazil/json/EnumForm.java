package io.frazil.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Constants by their names in lower case: `LARGE_WORKER` is `"large_worker"`.
final class EnumForm extends Form {
  private final Map<String, Object> constants = new LinkedHashMap<>();
  private final String[] names;

  EnumForm(Class<?> type) {
    Object[] values = type.getEnumConstants();
    names = new String[values.length];
    for (int i = 0; i < names.length; i++) {
      names[i] = name(type, ((Enum<?>) values[i]).name());
      constants.put(names[i], values[i]);
    }
  }

  private static String name(Class<?> type, String constant) {
    try {
      JsonName named = type.getDeclaredField(constant).getAnnotation(JsonName.class);
      return named == null ? constant.toLowerCase(Locale.ROOT) : named.value();
    } catch (NoSuchFieldException e) {
      throw new IllegalStateException("a constant is a field of its enum", e);
    }
  }

  @Override
  Object read(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      throw Wrong.kind(in, "one of " + String.join(", ", names));
    }
    Object constant = constants.get(in.getText());
    if (constant == null) {
      throw Wrong.choice(in, constants.keySet(), in.getText());
    }
    return constant;
  }

  @Override
  void write(Object value, JsonGenerator out) throws IOException {
    out.writeString(names[((Enum<?>) value).ordinal()]);
  }
}
