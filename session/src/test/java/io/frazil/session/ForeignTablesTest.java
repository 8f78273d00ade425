package io.frazil.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
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
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.inmemory.InMemoryCatalog;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Tables as others leave them: with columns that nothing reads, and files that they list twice.
class ForeignTablesTest {
  private static final TableIdentifier TABLE = TableIdentifier.of("default", "t");

  @TempDir private Path folder;

  private InMemoryCatalog others;
  private IcebergCatalog catalog;
  private Path file;

  @BeforeEach
  void create() throws Exception {
    others = new InMemoryCatalog();
    others.initialize("memory", Map.of(CatalogProperties.WAREHOUSE_LOCATION, folder.toString()));
    others.createNamespace(Namespace.of("default"));
    catalog = new IcebergCatalog(others, new LocalObjectStore());
    file = folder.resolve("file.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:")) {
      connection
          .createStatement()
          .execute(
              "COPY (SELECT i AS v, [i, 2] AS tags FROM range(1, 4) t(i)) TO '%s'".formatted(file));
    }
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  private SessionBuilder session() {
    return SessionContext.builder()
        .threads(1)
        .catalog("iceberg", catalog)
        .defaults("iceberg", "default");
  }

  private static List<String> rows(SessionContext session, String sql) {
    try (QueryHandle query = session.sql(sql)) {
      return query.rows().stream().map(List::toString).collect(Collectors.toList());
    }
  }

  private static void assertNotSupported(SessionContext session, String sql, String message) {
    assertThatThrownBy(() -> rows(session, sql))
        .isInstanceOf(FrazilException.class)
        .hasMessage(message)
        .extracting(e -> ((FrazilException) e).code())
        .isEqualTo(ErrorCode.NOT_SUPPORTED);
  }

  @Test
  void columnsThatNothingReadsAreNotLostInSilence() {
    try (SessionContext session = session().build()) {
      String star =
          "'*' stands for columns whose types are not supported yet: 'tags' (list)."
              + " Name the columns wanted.";
      assertNotSupported(session, "SELECT * FROM '" + file + "'", "line 1:8: " + star);
      assertNotSupported(
          session, "CREATE TABLE copy AS SELECT * FROM '" + file + "'", "line 1:29: " + star);
      assertNotSupported(
          session,
          "SELECT tags FROM '" + file + "'",
          "line 1:8: Column 'tags' is of type list, which is not supported yet");
      assertThat(rows(session, "SELECT v FROM '" + file + "' WHERE v > 2")).containsExactly("[3]");
      assertThat(rows(session, "SELECT count(*) FROM '" + file + "'")).containsExactly("[3]");
    }
  }

  @Test
  void describingATableShowsThem() {
    var schema =
        new Schema(
            NestedField.optional(1, "v", Types.LongType.get()),
            NestedField.required(2, "id", Types.UUIDType.get()));
    others.createTable(TABLE, schema);
    try (SessionContext session = session().build()) {
      assertThat(rows(session, "DESCRIBE t"))
          .containsExactly("[v, bigint, true]", "[id, uuid (not supported), true]");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void aFileThatATableListsTwiceIsReadTwice(int workers) throws Exception {
    var schema = new Schema(NestedField.optional(1, "v", Types.LongType.get()));
    Table table = others.createTable(TABLE, schema);
    table
        .updateProperties()
        .set(TableProperties.DEFAULT_NAME_MAPPING, "[{\"field-id\": 1, \"names\": [\"v\"]}]")
        .commit();
    DataFile listed =
        DataFiles.builder(table.spec())
            .withPath(file.toString())
            .withFileSizeInBytes(Files.size(file))
            .withRecordCount(3)
            .build();
    table.newAppend().appendFile(listed).commit();
    table.newAppend().appendFile(listed).commit();
    try (var dispatcher = new InProcessDispatcher(new WorkerHandler()::handle);
        SessionContext session =
            session().workers(workers).taskBytes(1).dispatcher(dispatcher).build()) {
      assertThat(rows(session, "SELECT v FROM t ORDER BY v"))
          .containsExactly("[1]", "[1]", "[2]", "[2]", "[3]", "[3]");
    }
  }
}
