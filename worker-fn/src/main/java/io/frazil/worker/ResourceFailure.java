package io.frazil.worker;

/// A limit was reached: a larger worker may succeed.
public final class ResourceFailure extends TaskException {
  ResourceFailure(String message) {
    super(message);
  }
}
