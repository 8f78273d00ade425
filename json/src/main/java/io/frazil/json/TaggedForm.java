package io.frazil.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// Of a sealed interface: the object begins with which of its records it is, by the record's name,
/// `{"is":"hash-join", ...}`. Of what is permitted, records alone have a form.
final class TaggedForm extends Form {
  private static final String TAG = "is";

  private final Map<String, MembersForm> forms = new LinkedHashMap<>();
  private final Map<Class<?>, String> tags = new LinkedHashMap<>();

  /// @param records those that may be there
  /// @param all whose members these are
  TaggedForm(Iterable<Class<?>> records, Forms all) {
    for (Class<?> type : records) {
      String tag = tag(type.getSimpleName());
      tags.put(type, tag);
      forms.put(tag, all.members(type));
    }
  }

  /// As `hash-join` of `HashJoin`.
  private static String tag(String name) {
    var tag = new StringBuilder();
    for (int i = 0; i < name.length(); i++) {
      if (i > 0 && Character.isUpperCase(name.charAt(i))) {
        tag.append('-');
      }
      tag.append(name.charAt(i));
    }
    return tag.toString().toLowerCase(Locale.ROOT);
  }

  @Override
  Object read(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw Wrong.kind(in, "an object");
    }
    if (!TAG.equals(in.nextFieldName()) || in.nextToken() != JsonToken.VALUE_STRING) {
      throw Wrong.untagged(in, TAG);
    }
    MembersForm form = forms.get(in.getText());
    if (form == null) {
      throw Wrong.choice(in, forms.keySet(), in.getText());
    }
    return form.readMembers(in);
  }

  @Override
  void write(Object value, JsonGenerator out) throws IOException {
    String tag = tags.get(value.getClass());
    MembersForm form = tag == null ? null : forms.get(tag);
    if (form == null) {
      throw new IllegalArgumentException(value.getClass().getSimpleName() + " has no JSON form");
    }
    out.writeStartObject();
    out.writeStringField(TAG, tag);
    form.writeMembers(value, out);
    out.writeEndObject();
  }
}
