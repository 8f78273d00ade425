package io.frazil.json;

import com.fasterxml.jackson.core.JsonParser;

/// How a type travels whose own components are not its JSON: as another type, a scalar's or a
/// record.
///
/// @param <T> the type
/// @param <W> what travels
public abstract class Wire<T, W> {
  private final Class<T> type;
  private final Class<W> wire;

  protected Wire(Class<T> type, Class<W> wire) {
    this.type = type;
    this.wire = wire;
  }

  protected abstract W write(T value);

  /// What it throws of what makes no sense is told in its words.
  protected abstract T read(W said);

  final void addTo(Forms forms) {
    if (wire.isRecord()) {
      forms.put(type, new WireMembers(forms.members(wire), this));
    } else {
      forms.put(type, new WireForm(forms.of(wire), this));
    }
  }

  final Object readAny(Object said, JsonParser in) {
    try {
      return read(wire.cast(said));
    } catch (RuntimeException e) {
      throw Wrong.refused(in, e);
    }
  }

  final Object writeAny(Object value) {
    return write(type.cast(value));
  }
}
