package io.frazil.events;

import io.frazil.json.Lenient;
import org.jspecify.annotations.Nullable;

/// An error on the wire: never a stack trace.
///
/// @param code its stable name: `NUMERIC_OVERFLOW`
/// @param errorClass who has to act: `USER`, `DATA`, `RESOURCE`, `TRANSIENT`, `CANCELLED`,
///   `INTERNAL`
/// @param message a sentence that stands alone
/// @param position where in the SQL text, if it is there
@Lenient
public record ErrorMessage(
    String code, String errorClass, String message, @Nullable Position position) {
  /// @param line from 1
  /// @param column from 1, in characters
  public record Position(int line, int column) {}
}
