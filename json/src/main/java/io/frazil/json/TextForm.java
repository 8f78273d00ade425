package io.frazil.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;

/// A [JsonText] is copied token by token, undecoded.
final class TextForm extends Form {
  static final TextForm INSTANCE = new TextForm();

  private TextForm() {}

  @Override
  Object read(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      throw Wrong.kind(in, "an object");
    }
    var text = new StringWriter();
    try (JsonGenerator out = JsonCodec.PLAIN.createGenerator(text)) {
      for (int depth = 0; ; in.nextToken()) {
        out.copyCurrentEventExact(in);
        JsonToken token = in.currentToken();
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth == 0) {
          break;
        }
      }
    }
    return new JsonText(text.toString());
  }

  @Override
  void write(Object value, JsonGenerator out) throws IOException {
    out.writeRawValue(((JsonText) value).json());
  }
}
