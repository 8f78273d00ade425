package io.frazil.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// How values of one type are written and read. Null is none of them: see [Slot].
abstract class Form {
  /// Reads the value that begins with the parser's current token, up to its last token.
  abstract Object read(JsonParser in) throws IOException;

  abstract void write(Object value, JsonGenerator out) throws IOException;

  /// The value that stands for a member that is not there; null where it has to be.
  @Nullable Object empty() {
    return null;
  }
}
