package io.frazil.json;

/// An object inside a message that stays JSON: whoever it is for reads it. It is checked to be one
/// object as JSON has it, but not for what it says.
///
/// @param json the object's text
public record JsonText(String json) {
  @Override
  public String toString() {
    return json;
  }
}
