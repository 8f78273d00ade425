package io.frazil.localstack.parts;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.store.ObjectInfo;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.iceberg.store.StoreFileIO;
import io.frazil.localstack.stack.Buckets;
import io.frazil.localstack.stack.LocalStack;
import io.frazil.localstack.traffic.FaultProxy;
import io.frazil.localstack.whole.OnLocalStack;
import io.frazil.s3.S3ObjectStore;
import io.frazil.session.QueryHandle;
import io.frazil.session.SessionContext;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Iceberg tables whose files, metadata and data, are on S3.
@OnLocalStack
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
final class IcebergOnS3Test {
  private static final int ROWS = 5_000;

  @TempDir private Path folder;

  private final LocalStack stack;

  IcebergOnS3Test(LocalStack stack) {
    this.stack = stack;
  }

  @Test
  void aTableIsWrittenAndRead() {
    try (var store = Buckets.store(stack.endpoint())) {
      checkTable(store, "s3://" + Buckets.create(stack) + "/warehouse");
    }
  }

  @Test
  void aTableIsWrittenAndReadThoughS3IsBusy() throws IOException {
    try (var proxy = new FaultProxy(stack.endpoint(), FaultProxy.Faults.seeded(11));
        var store = new S3ObjectStore(Buckets.settings(proxy.endpoint()).withAttempts(12))) {
      checkTable(store, "s3://" + Buckets.create(stack) + "/warehouse");
      assertThat(proxy.faulty()).isPositive();
    }
  }

  private void checkTable(S3ObjectStore store, String warehouse) {
    try (IcebergCatalog catalog = catalog(store, warehouse);
        SessionContext session =
            SessionContext.builder()
                .catalog("lake", catalog)
                .defaults("lake", "main")
                .store(store)
                .build()) {
      run(session, "CREATE TABLE t AS SELECT 1 AS id, 'a' AS name");
      run(session, "INSERT INTO t SELECT 2, 'b'");
      run(session, "INSERT INTO t VALUES " + values());

      assertThat(rows(session, "SELECT count(*), sum(id), max(name) FROM t"))
          .isEqualTo(List.of(List.of((long) ROWS + 2, sum(), "n9")));
      assertThat(rows(session, "SELECT name FROM t WHERE id = 2 ORDER BY name"))
          .isEqualTo(List.of(List.of("b"), List.of("n2")));
      assertThat(store.list(warehouse + "/"))
          .extracting(ObjectInfo::location)
          .anyMatch(location -> location.endsWith(".parquet"))
          .anyMatch(location -> location.endsWith(".avro"))
          .anyMatch(location -> location.endsWith(".metadata.json"));
    }
  }

  private IcebergCatalog catalog(S3ObjectStore store, String warehouse) {
    var catalog = new JdbcCatalog(_ -> new StoreFileIO(store), null, true);
    catalog.initialize(
        "lake",
        Map.of(
            CatalogProperties.URI,
            "jdbc:sqlite:" + folder.resolve("catalog.db"),
            CatalogProperties.WAREHOUSE_LOCATION,
            warehouse,
            JdbcCatalog.PROPERTY_PREFIX + "schema-version",
            "V1"));
    catalog.createNamespace(Namespace.of("main"));
    return new IcebergCatalog(catalog, store);
  }

  private static String values() {
    var values = new StringBuilder();
    for (int i = 0; i < ROWS; i++) {
      values
          .append(i == 0 ? "" : ",")
          .append("(")
          .append(i)
          .append(",'n")
          .append(i % 10)
          .append("')");
    }
    return values.toString();
  }

  private static Object sum() {
    return 3L + (long) ROWS * (ROWS - 1) / 2;
  }

  private static void run(SessionContext session, String statement) {
    try (QueryHandle query = session.sql(statement)) {
      query.rows();
    }
  }

  private static List<? extends List<?>> rows(SessionContext session, String sql) {
    try (QueryHandle query = session.sql(sql)) {
      return List.copyOf(query.rows());
    }
  }
}
