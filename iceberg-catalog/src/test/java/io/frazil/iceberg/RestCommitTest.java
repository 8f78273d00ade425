package io.frazil.iceberg;

import static io.frazil.iceberg.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.provider.ScanPlan;
import io.frazil.engine.provider.ScanRequest;
import io.frazil.engine.provider.TableAppend;
import io.frazil.engine.provider.TableVersion;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.store.ObjectStore;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How rows become part of a table, or don't, where a server commits.
class RestCommitTest {
  private static final Schema COLUMNS = Schema.of(new Field("id", Types.BIGINT, false));
  private static final String UNKNOWN =
      "It is not known whether the commit happened, look whether the statement took effect before"
          + " sending it again: Error occurred while processing POST request: ";

  @TempDir Path folder;

  private RestServer server;

  @BeforeEach
  void start() throws Exception {
    server = RestServer.before(LocalWarehouse.open(folder));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void rowsOfACommitWhoseAnswerIsLostAreThere() throws Exception {
    try (IcebergCatalog catalog = open(new LocalObjectStore())) {
      Rows.create(catalog, "t", COLUMNS, List.of(row(1L)));
      server.loseCommits();
      try (TableAppend append = catalog.append("main", "t")) {
        Rows.write(append, COLUMNS, List.of(row(2L)), List.of(row(3L)));
        assertUnknown(append);
      }
      assertThat(read(catalog)).containsExactlyInAnyOrder("1", "2", "3");
      assertThat(catalog.table("main", "t", TableVersion.CURRENT).orElseThrow().statistics())
          .as("whose sketches are in a file of their own")
          .satisfies(s -> assertThat(s.columns().getFirst().distinct().value()).isEqualTo(3.0));
    }
  }

  @Test
  void aTableWhoseCreationIsAnsweredByNothingIsWhole() throws Exception {
    try (IcebergCatalog catalog = open(new LocalObjectStore())) {
      server.loseCommits();
      try (TableAppend append = catalog.createTableAs("main", "t", COLUMNS)) {
        Rows.write(append, COLUMNS, List.of(row(1L)));
        assertUnknown(append);
      }
      assertThat(read(catalog)).containsExactly("1");
    }
  }

  /// As a proxy may send it that got no answer.
  @Test
  void aTableThatIsThereByACommitSentTwiceIsWhole() throws Exception {
    try (IcebergCatalog catalog = open(new LocalObjectStore())) {
      server.repeatCommits();
      try (TableAppend append = catalog.createTableAs("main", "t", COLUMNS)) {
        Rows.write(append, COLUMNS, List.of(row(1L)));
        assertThatThrownBy(append::commit)
            .isInstanceOf(FrazilException.class)
            .extracting("code")
            .isEqualTo(ErrorCode.ALREADY_EXISTS);
      }
      assertThat(read(catalog)).containsExactly("1");
    }
  }

  @Test
  void whatARefusedCommitWroteIsRemoved() throws IOException {
    try (IcebergCatalog catalog = open(new LocalObjectStore())) {
      Rows.create(catalog, "t", COLUMNS, List.of(row(1L)));
      List<Path> before = files();
      try (TableAppend append = catalog.append("main", "t")) {
        Rows.write(append, COLUMNS, List.of(row(2L)));
        server.refuse();
        assertThatThrownBy(append::commit)
            .isInstanceOf(FrazilException.class)
            .extracting("code")
            .isEqualTo(ErrorCode.PERMISSION_DENIED);
      }
      assertThat(files()).isEqualTo(before);
    }
  }

  @Test
  void aStoreThatDeletesNothingIsWrittenTo() throws Exception {
    var store = new UndeletingStore();
    try (IcebergCatalog catalog = open(store)) {
      Rows.create(catalog, "t", COLUMNS, List.of(row(1L)));
      Rows.append(catalog, "t", COLUMNS, List.of(row(2L)));
      assertThat(read(catalog)).containsExactlyInAnyOrder("1", "2");
    }
    assertThat(store.refused()).isZero();
  }

  @Test
  void whatCannotBeRemovedIsToldInTheLog() throws IOException {
    try (var log = new RemovalLog();
        IcebergCatalog catalog = open(new UndeletingStore())) {
      Rows.create(catalog, "t", COLUMNS, List.of(row(1L)));
      List<Path> before = files();
      TableAppend append = catalog.append("main", "t");
      Rows.write(append, COLUMNS, List.of(row(2L)), List.of(row(3L)));
      append.close();
      List<Path> remaining = new ArrayList<>(files());
      remaining.removeAll(before);
      assertThat(log.told)
          .containsExactly(
              "Of rows that did not become part of main.t there remain 2 files, among them"
                  + " %s: '%s' cannot be deleted: MethodNotAllowed"
                      .formatted(remaining, remaining.getFirst()));
    }
  }

  /// Its files are imported ones for Iceberg, which leaves them; those in its folder are its own.
  @Test
  void aTableWhoseFilesCannotBeRemovedIsDropped() throws IOException {
    try (var log = new RemovalLog();
        IcebergCatalog catalog = open(new UndeletingStore())) {
      Rows.create(catalog, "t", COLUMNS, List.of(row(1L)));
      List<Path> rows = files().stream().filter(f -> f.toString().endsWith(".parquet")).toList();
      catalog
          .catalog()
          .loadTable(TableIdentifier.of("main", "t"))
          .updateProperties()
          .set(TableProperties.GC_ENABLED, "false")
          .commit();
      catalog.dropTable("main", "t");
      assertThat(catalog.tables("main")).isEmpty();
      assertThat(log.told)
          .containsExactly(
              "Of the dropped table main.t there remain 1 files, among them"
                  + " %s: '%s' cannot be deleted: MethodNotAllowed"
                      .formatted(rows, rows.getFirst()));
    }
  }

  /// What is told of files that remain, here instead of in the test's log.
  private static final class RemovalLog extends Handler implements AutoCloseable {
    private final List<String> told = new ArrayList<>();
    private final Logger log = Logger.getLogger("io.frazil.iceberg.write.Removal");

    RemovalLog() {
      log.addHandler(this);
      log.setUseParentHandlers(false);
    }

    @Override
    public void publish(LogRecord message) {
      told.add(message.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      log.removeHandler(this);
      log.setUseParentHandlers(true);
    }
  }

  private static void assertUnknown(TableAppend append) {
    assertThatThrownBy(append::commit)
        .isInstanceOfSatisfying(
            FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STORE_UNAVAILABLE))
        .hasMessageStartingWith(UNKNOWN);
  }

  private static List<String> read(IcebergCatalog catalog) throws Exception {
    ScanPlan scan =
        catalog
            .table("main", "t", TableVersion.CURRENT)
            .orElseThrow()
            .scan(new ScanRequest(List.of(0), List.of(), null));
    return DuckDb.read(scan, "id");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("main"))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private IcebergCatalog open(ObjectStore store) {
    return RestWarehouse.open(store, server.uri(), Optional.empty(), Map.of(), Map::of);
  }
}
