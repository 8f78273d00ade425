package io.frazil.coordinator;

import io.frazil.coordinator.query.QueryRunner;
import io.frazil.engine.provider.CatalogProvider;
import io.frazil.engine.store.VersionedStore;
import io.frazil.iceberg.LocalWarehouse;
import io.frazil.s3.S3ObjectStore;
import io.frazil.session.SessionBuilder;
import io.frazil.session.SessionContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the function's environment variables say. The warehouse is opened by the first request and
/// stays open for as long as the function lives.
///
/// - `FRAZIL_WAREHOUSE`: the folder of the tables; default `warehouse`
/// - `FRAZIL_RESULTS`: where the queries' objects lie; default one for temporary files
final class Environment {
  private static final String CATALOG = "iceberg";
  private static final Duration CONTROL_INTERVAL = Duration.ofSeconds(1);

  private final VersionedStore store;
  private final Path warehouse;
  private final String results;
  private @Nullable CatalogProvider catalog;

  private Environment(VersionedStore store, Path warehouse, String results) {
    this.store = store;
    this.warehouse = warehouse;
    this.results = results;
  }

  static Environment of(Map<String, String> variables) {
    String results =
        variables.getOrDefault(
            "FRAZIL_RESULTS", Path.of(System.getProperty("java.io.tmpdir"), "frazil").toString());
    return new Environment(
        S3ObjectStore.besideLocal(variables),
        Path.of(variables.getOrDefault("FRAZIL_WAREHOUSE", "warehouse")),
        results.endsWith("/") ? results : results + "/");
  }

  QueryRunner runner() {
    return new QueryRunner(this::session, store, results, CONTROL_INTERVAL);
  }

  private synchronized SessionBuilder session() {
    if (catalog == null) {
      catalog = LocalWarehouse.open(warehouse);
    }
    return SessionContext.builder()
        .catalog(CATALOG, catalog)
        .defaults(CATALOG, LocalWarehouse.DEFAULT_SCHEMA);
  }
}
