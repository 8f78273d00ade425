package io.frazil.coordinator.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.store.LocalObjectStore;
import io.frazil.events.QueryRequest;
import io.frazil.events.QueryResponse;
import io.frazil.events.log.FunctionLog;
import io.frazil.events.log.QueryLog;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.session.SessionContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Files of no table that cannot be removed are told of in the function's log, with their query.
@Timeout(60)
class RemainingFilesTest {
  private static final Duration INTERVAL = Duration.ofMillis(10);

  @TempDir private Path folder;
  private final InMemoryCatalog tables = new InMemoryCatalog();
  private final List<String> lines = new ArrayList<>();
  private final QueryLog log =
      new QueryLog(FunctionLog.of(Map.of("AWS_LAMBDA_FUNCTION_NAME", "c"), lines::add));

  @Test
  void aDroppedTablesFilesThatRemainAreToldOfWithTheQuery() {
    tables.initialize(
        "memory", Map.of(CatalogProperties.WAREHOUSE_LOCATION, folder + "/warehouse"));
    tables.createNamespace(Namespace.of("default"));
    var store = new TroubledStore((operation, _) -> operation.equals("delete"));
    try (var catalog = new IcebergCatalog(tables, store);
        var coordinator =
            new QueryRunner(
                    () ->
                        SessionContext.builder()
                            .catalog("iceberg", catalog)
                            .defaults("iceberg", "default"),
                    new LocalObjectStore(),
                    folder + "/",
                    INTERVAL)
                .loggingTo(log)) {
      answer(coordinator, "CREATE TABLE t AS SELECT 1 AS id");
      // Iceberg removes no file of such a table, which may have been imported.
      tables
          .loadTable(TableIdentifier.of("default", "t"))
          .updateProperties()
          .set(TableProperties.GC_ENABLED, "false")
          .commit();
      QueryResponse dropped = answer(coordinator, "DROP TABLE t");
      assertThat(lines)
          .filteredOn(line -> line.contains("\"message\":\"Files remain\""))
          .singleElement()
          .asString()
          .contains(
              "\"level\":\"WARN\"",
              "\"query\":\"" + dropped.query() + "\"",
              "\"of\":\"the dropped table default.t\",\"files\":1,\"among\":[\"" + folder,
              "\"code\":\"STORE_UNAVAILABLE\"");
    }
  }

  private static QueryResponse answer(QueryRunner coordinator, String statement) {
    QueryResponse response = coordinator.answer(QueryRequest.of(statement));
    assertThat(response.error()).isNull();
    return response;
  }
}
