package io.frazil.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/// A type that travels as a scalar.
final class WireForm extends Form {
  private final Form wire;
  private final Wire<?, ?> conversion;

  WireForm(Form wire, Wire<?, ?> conversion) {
    this.wire = wire;
    this.conversion = conversion;
  }

  @Override
  Object read(JsonParser in) throws IOException {
    return conversion.readAny(wire.read(in), in);
  }

  @Override
  void write(Object value, JsonGenerator out) throws IOException {
    wire.write(conversion.writeAny(value), out);
  }
}
