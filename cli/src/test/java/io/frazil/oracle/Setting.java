package io.frazil.oracle;

import io.frazil.cli.CliSession;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.iceberg.IcebergCatalog;

/// How a query runs.
///
/// @param threads of the query, or of each of its workers
/// @param workers 0 for all in one go
record Setting(int threads, int workers) {
  private static final long BYTES = 1L << 30;

  /// A session over a warehouse, which stays open when it closes.
  CliSession open(IcebergCatalog warehouse) {
    var resources = new CliSession.Resources(threads, new MemoryPool(BYTES));
    return workers == 0
        ? CliSession.embedded(warehouse, resources, () -> {})
        : CliSession.withWorkers(warehouse, workers, resources, () -> {});
  }
}
