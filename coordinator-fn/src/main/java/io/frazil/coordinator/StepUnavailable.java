package io.frazil.coordinator;

/// A step of a query that cannot be made now and may be made later: the only thing that fails an
/// invocation of the coordinator, as a state machine tries again by this name. Has no stack trace,
/// which the caller would see.
public final class StepUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StepUnavailable(String message) {
    super(message, null, false, false);
  }
}
