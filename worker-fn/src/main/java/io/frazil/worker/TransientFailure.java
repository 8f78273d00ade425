package io.frazil.worker;

/// The same attempt may succeed later.
public final class TransientFailure extends TaskException {
  TransientFailure(String message) {
    super(message);
  }
}
