package io.frazil.engine.result;

/// What a result can be written as.
public enum ResultFormat {
  /// RFC 4180 with a header, but lines end in a line feed alone, as in other tools. Null is empty,
  /// empty text is `""`.
  CSV,
  /// One array of objects, a line each.
  JSON,
  /// An object a line.
  NDJSON,
  /// An Arrow IPC stream.
  ARROW,
  PARQUET
}
