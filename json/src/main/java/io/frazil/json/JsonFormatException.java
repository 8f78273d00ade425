package io.frazil.json;

import org.jspecify.annotations.Nullable;

/// JSON that is not what was asked for. The message tells what is wrong and where, as in
/// `'plan.keys[0].column' has to be a whole number, not a string`.
public final class JsonFormatException extends RuntimeException {
  private static final long serialVersionUID = 1;

  JsonFormatException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  JsonFormatException(String message) {
    this(message, null);
  }
}
