package io.frazil.worker;

/// Fails the invocation of a worker whose caller sees nothing but the name of what was thrown: a
/// state machine, which says by these names what it tries again. Whoever gets a response finds the
/// error there.
public abstract sealed class TaskException extends RuntimeException
    permits TransientFailure, ResourceFailure, CancelledFailure, TaskFailure {
  private static final long serialVersionUID = 1L;

  /// @param message the error's code and its message
  TaskException(String message) {
    // A stack trace says nothing to a state machine.
    super(message, null, false, false);
  }
}
