package io.frazil.engine.scan;

import io.frazil.engine.vector.BatchReader;

/// Rows shared by the drivers of a pipeline: each opens a reader and pulls; the readers take their
/// morsels from one queue, so that every row comes out of exactly one of them.
public interface Source extends AutoCloseable {
  /// A reader for one more driver, before or after the others began.
  BatchReader open();

  /// How many readers are worth opening. A source whose rows come in an order that counts says 1:
  /// whoever opens it then has all of them, in order.
  default int maxReaders() {
    return Integer.MAX_VALUE;
  }

  /// Closes what the readers share; the readers are closed by their drivers.
  @Override
  void close();
}
