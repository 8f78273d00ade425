package io.frazil.cli;

import io.frazil.iceberg.IcebergCatalog;
import io.frazil.session.SessionContext;

/// A session over the warehouse that the options name; both close together.
public record CliSession(SessionContext session, IcebergCatalog warehouse)
    implements AutoCloseable {
  @Override
  public void close() {
    try (warehouse) {
      session.close();
    }
  }
}
