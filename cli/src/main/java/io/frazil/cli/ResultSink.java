package io.frazil.cli;

import io.frazil.engine.type.Schema;
import io.frazil.engine.vector.BatchReader;

/// Where the results of statements go.
public interface ResultSink {
  /// Whether results appear on the terminal, where nothing else may write meanwhile.
  boolean isOnTerminal();

  /// Writes one result, to its end or to what is wanted of it.
  void write(Schema schema, BatchReader result);
}
