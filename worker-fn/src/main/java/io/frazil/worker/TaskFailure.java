package io.frazil.worker;

/// No attempt can succeed: the query, its data or our code is wrong.
public final class TaskFailure extends TaskException {
  TaskFailure(String message) {
    super(message);
  }
}
