package io.frazil.worker;

/// The query is to stop.
public final class CancelledFailure extends TaskException {
  CancelledFailure(String message) {
    super(message);
  }
}
