package io.frazil.events;

/// A message that cannot be read: not JSON, not of the expected form, or too large.
public final class MessageException extends RuntimeException {
  public MessageException(String message, Throwable cause) {
    super(message, cause);
  }

  public MessageException(String message) {
    super(message);
  }
}
