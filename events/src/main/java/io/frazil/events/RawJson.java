package io.frazil.events;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import java.io.IOException;
import java.io.StringWriter;

/// Reads an object inside a message back as its own JSON text, token by token and undecoded.
final class RawJson extends StdDeserializer<String> {
  RawJson() {
    super(String.class);
  }

  @Override
  public String deserialize(JsonParser in, DeserializationContext context) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      return context.reportInputMismatch(this, "an object is expected");
    }
    var text = new StringWriter();
    try (JsonGenerator out = in.getCodec().getFactory().createGenerator(text)) {
      for (int depth = 0; ; in.nextToken()) {
        out.copyCurrentEventExact(in);
        JsonToken token = in.currentToken();
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        if (depth == 0) {
          break;
        }
      }
    }
    return text.toString();
  }
}
