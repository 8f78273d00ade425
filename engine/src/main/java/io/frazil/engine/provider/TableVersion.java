package io.frazil.engine.provider;

/// Which state of a table is meant.
public sealed interface TableVersion {
  TableVersion CURRENT = new Current();

  /// The newest.
  record Current() implements TableVersion {}

  /// `FOR VERSION AS OF id`.
  record Snapshot(long id) implements TableVersion {}

  /// `FOR VERSION AS OF 'name'`: a branch or a tag.
  record Reference(String name) implements TableVersion {}

  /// `FOR TIMESTAMP AS OF`: the newest at that time, in microseconds since 1970 UTC.
  record AsOf(long micros) implements TableVersion {}
}
