package io.frazil.coordinator;

import io.frazil.engine.provider.CatalogProvider;
import io.frazil.iceberg.LocalWarehouse;
import io.frazil.session.SessionBuilder;
import io.frazil.session.SessionContext;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Sessions as the function's environment describes them, one for each request. The warehouse is
/// opened by the first and stays open for as long as the function lives.
final class EnvironmentSessions implements Supplier<SessionBuilder> {
  private static final String CATALOG = "iceberg";

  private final Path warehouse;
  private @Nullable CatalogProvider catalog;

  /// @param variables `FRAZIL_WAREHOUSE`: the folder of the tables
  EnvironmentSessions(Map<String, String> variables) {
    this.warehouse = Path.of(variables.getOrDefault("FRAZIL_WAREHOUSE", "warehouse"));
  }

  @Override
  public synchronized SessionBuilder get() {
    if (catalog == null) {
      catalog = LocalWarehouse.open(warehouse);
    }
    return SessionContext.builder()
        .catalog(CATALOG, catalog)
        .defaults(CATALOG, LocalWarehouse.DEFAULT_SCHEMA);
  }
}
