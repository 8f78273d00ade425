package io.frazil.worker;

/// A message that is no fragment's: the only thing that fails an invocation, as there is nobody to
/// answer to by name. Trying again gives the same. Has no stack trace, which the caller would see.
public final class InvalidMessage extends RuntimeException {
  InvalidMessage(String message) {
    super(message, null, false, false);
  }
}
