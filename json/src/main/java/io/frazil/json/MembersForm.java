package io.frazil.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/// The form of an object with members that are known, behind others that say which these are.
abstract class MembersForm extends Form {
  /// Reads the members that are left of an object.
  abstract Object readMembers(JsonParser in) throws IOException;

  abstract void writeMembers(Object value, JsonGenerator out) throws IOException;

  @Override
  final Object read(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw Wrong.kind(in, "an object");
    }
    return readMembers(in);
  }

  @Override
  final void write(Object value, JsonGenerator out) throws IOException {
    out.writeStartObject();
    writeMembers(value, out);
    out.writeEndObject();
  }
}
