package io.frazil.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.store.LocalObjectStore;
import io.frazil.iceberg.IcebergCatalog;
import io.frazil.session.dispatch.InProcessDispatcher;
import io.frazil.worker.WorkerHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Partitions by columns that become wider, and whose files do not hold them.
class PartitionTypesTest {
  private static final TableIdentifier TABLE = TableIdentifier.of("default", "t");
  private static final List<String> ROWS =
      List.of("[1, 7, 1.5, 1.25, 2020-01-02]", "[2, null, null, null, null]");

  @TempDir private Path folder;

  private InMemoryCatalog others;
  private IcebergCatalog catalog;
  private Table table;

  @BeforeEach
  void create() throws Exception {
    others = new InMemoryCatalog();
    others.initialize("memory", Map.of(CatalogProperties.WAREHOUSE_LOCATION, folder.toString()));
    others.createNamespace(Namespace.of("default"));
    var schema =
        new Schema(
            NestedField.optional(1, "v", Types.LongType.get()),
            NestedField.optional(2, "i", Types.IntegerType.get()),
            NestedField.optional(3, "f", Types.FloatType.get()),
            NestedField.optional(4, "c", Types.DecimalType.of(9, 2)),
            NestedField.optional(5, "d", Types.DateType.get()));
    var spec =
        PartitionSpec.builderFor(schema).identity("i").identity("f").identity("c").identity("d");
    table = others.createTable(TABLE, schema, spec.build());
    append(1, "7", "1.5", "1.25", "2020-01-02");
    String none = "__HIVE_DEFAULT_PARTITION__";
    append(2, none, none, none, none);
    catalog = new IcebergCatalog(others, new LocalObjectStore());
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void aPartitionsValueHasTheTypeOfTheColumnThatIsAskedFor(int workers) throws Exception {
    table.manageSnapshots().createBranch("older").commit();
    long first = table.currentSnapshot().snapshotId();
    try (var dispatcher = new InProcessDispatcher(new WorkerHandler()::handle);
        var session =
            SessionContext.builder()
                .threads(1)
                .workers(workers)
                .taskBytes(1)
                .dispatcher(dispatcher)
                .catalog("iceberg", catalog)
                .defaults("iceberg", "default")
                .build()) {
      assertReads(session, "t");
      table
          .updateSchema()
          .updateColumn("i", Types.LongType.get())
          .updateColumn("f", Types.DoubleType.get())
          .updateColumn("c", Types.DecimalType.of(30, 2))
          .commit();
      assertReads(session, "t");
      assertReads(session, "t FOR VERSION AS OF 'older'");
      assertReads(session, "t FOR VERSION AS OF " + first);
      append(3, "4000000000", "1e300", "1234567890123456789012.34", "2020-01-03");
      assertReads(session, "t FOR VERSION AS OF 'older'");
      assertReads(session, "t FOR VERSION AS OF " + first);
      assertThat(rows(session, "SELECT * FROM t WHERE i > 7 AND f > 2 AND c > 2"))
          .containsExactly("[3, 4000000000, 1.0E300, 1234567890123456789012.34, 2020-01-03]");
      assertThat(rows(session, "SELECT * FROM t WHERE v < 3 ORDER BY v")).isEqualTo(ROWS);
    }
  }

  private static void assertReads(SessionContext session, String version) {
    assertThat(rows(session, "SELECT * FROM " + version + " ORDER BY v")).isEqualTo(ROWS);
    for (String condition :
        List.of("i = 7", "f > 1.25", "c = 1.25", "d = DATE '2020-01-02'", "i IS NOT NULL")) {
      assertThat(rows(session, "SELECT * FROM " + version + " WHERE " + condition))
          .containsExactly(ROWS.getFirst());
    }
    assertThat(rows(session, "SELECT i, sum(f), sum(c) FROM " + version + " GROUP BY i ORDER BY i"))
        .containsExactly("[7, 1.5, 1.25]", "[null, null, null]");
  }

  private static List<String> rows(SessionContext session, String sql) {
    try (QueryHandle query = session.sql(sql)) {
      return query.rows().stream().map(List::toString).collect(Collectors.toList());
    }
  }

  private void append(int v, String i, String f, String c, String d) throws Exception {
    Path file = folder.resolve(v + ".parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      connection
          .createStatement()
          .execute("COPY (SELECT %d::BIGINT AS v) TO '%s' (FIELD_IDS {v: 1})".formatted(v, file));
    }
    table
        .newAppend()
        .appendFile(
            DataFiles.builder(table.spec())
                .withPath(file.toString())
                .withFileSizeInBytes(Files.size(file))
                .withRecordCount(1)
                .withPartitionPath("i=%s/f=%s/c=%s/d=%s".formatted(i, f, c, d))
                .build())
        .commit();
  }
}
