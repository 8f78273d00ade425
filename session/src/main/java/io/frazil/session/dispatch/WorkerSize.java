package io.frazil.session.dispatch;

/// What kind of worker runs an attempt.
public enum WorkerSize {
  NORMAL,
  /// For tasks that a normal one has no memory, disk or time for.
  LARGE
}
