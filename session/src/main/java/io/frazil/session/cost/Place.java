package io.frazil.session.cost;

/// Where an attempt at a task runs.
public enum Place {
  /// In the process that coordinates the query, which is paid for as a whole.
  HERE,
  WORKER,
  LARGE_WORKER,
  /// A coordinator that only hands tasks on: no attempt itself, and paid for as one.
  LEADER
}
