package io.frazil.engine.error;

/// Who has to act on an error, and so whether trying again can help.
public enum ErrorClass {
  /// The request is wrong: SQL, arguments, names. Never retried.
  USER,
  /// What was read is wrong: a damaged file, a value that overflows. Never retried.
  DATA,
  /// A limit was reached: memory, time, dollars. Retried only with another limit.
  RESOURCE,
  /// The network or a service failed. The same attempt may succeed later.
  TRANSIENT,
  /// Somebody asked for the query to stop.
  CANCELLED,
  /// A bug of ours.
  INTERNAL
}
