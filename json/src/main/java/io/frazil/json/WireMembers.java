package io.frazil.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/// A record whose members are those of another one.
final class WireMembers extends MembersForm {
  private final MembersForm wire;
  private final Wire<?, ?> conversion;

  WireMembers(MembersForm wire, Wire<?, ?> conversion) {
    this.wire = wire;
    this.conversion = conversion;
  }

  @Override
  Object readMembers(JsonParser in) throws IOException {
    return conversion.readAny(wire.readMembers(in), in);
  }

  @Override
  void writeMembers(Object value, JsonGenerator out) throws IOException {
    wire.writeMembers(conversion.writeAny(value), out);
  }
}
