package io.frazil.iceberg;

import static io.frazil.iceberg.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.plan.Split;
import io.frazil.engine.provider.ScanPlan;
import io.frazil.engine.provider.ScanRequest;
import io.frazil.engine.provider.Statistic;
import io.frazil.engine.provider.TableAppend;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.provider.TableStatistics;
import io.frazil.engine.provider.TableVersion;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IcebergCatalogTest {
  private static final Schema COLUMNS =
      Schema.of(
          new Field("id", Types.BIGINT, false),
          new Field("name", Types.VARCHAR, true),
          new Field("day", Types.DATE, true));

  @TempDir Path folder;

  private IcebergCatalog catalog;

  @BeforeEach
  void open() {
    catalog = LocalWarehouse.open(folder);
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  private TableProvider table(String name) {
    return catalog.table("main", name, TableVersion.CURRENT).orElseThrow();
  }

  private static ScanPlan scanAll(TableProvider table) {
    return table.scan(new ScanRequest(List.of(0), List.of(), null));
  }

  private List<Path> filesOf(String table) throws IOException {
    Path location = folder.resolve("main").resolve(table);
    if (!Files.exists(location)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(location)) {
      return files.toList();
    }
  }

  @Test
  void newWarehouseHasTheDefaultSchemaAndNoTables() {
    assertThat(LocalWarehouse.exists(folder)).isTrue();
    assertThat(catalog.schemas()).containsExactly("main");
    assertThat(catalog.tables("main")).isEmpty();
    assertThat(catalog.tables("nowhere")).isEmpty();
    assertThat(catalog.table("main", "t", TableVersion.CURRENT)).isEmpty();
    assertThat(catalog.table("nowhere", "t", TableVersion.CURRENT)).isEmpty();
    for (String name : List.of("", " ", "a\0b", "../t", "%")) {
      assertThat(catalog.table(name, "t", TableVersion.CURRENT)).as(name).isEmpty();
      assertThat(catalog.table("main", name, TableVersion.CURRENT)).as(name).isEmpty();
    }
  }

  @Test
  void schemasAreCreatedAndDropped() {
    catalog.createSchema("other");
    assertThat(catalog.schemas()).containsExactly("main", "other");
    catalog.createTable("other", "t", COLUMNS);
    assertThatThrownBy(() -> catalog.dropSchema("other"))
        .isInstanceOf(FrazilException.class)
        .hasMessage("Schema 'other' still has tables: t")
        .extracting("code")
        .isEqualTo(ErrorCode.CONFLICT);
    catalog.dropTable("other", "t");
    catalog.dropSchema("other");
    assertThat(catalog.schemas()).containsExactly("main");
  }

  @Test
  void whatExistsIsNotCreatedAgainAndWhatDoesNotIsNotDropped() {
    catalog.createTable("main", "t", COLUMNS);
    assertThatThrownBy(() -> catalog.createTable("main", "t", COLUMNS))
        .hasMessage("Table 'main.t' already exists");
    assertThatThrownBy(() -> catalog.createTableAs("main", "t", COLUMNS))
        .hasMessage("Table 'main.t' already exists");
    assertThatThrownBy(() -> catalog.createTable("x", "t", COLUMNS))
        .hasMessage("Schema 'x' does not exist");
    assertThatThrownBy(() -> catalog.createTableAs("x", "t", COLUMNS))
        .hasMessage("Schema 'x' does not exist");
    assertThatThrownBy(() -> catalog.createSchema("main"))
        .hasMessage("Schema 'main' already exists");
    assertThatThrownBy(() -> catalog.dropSchema("x")).hasMessage("Schema 'x' does not exist");
    assertThatThrownBy(() -> catalog.dropTable("main", "x"))
        .hasMessage("Table 'main.x' does not exist");
    assertThatThrownBy(() -> catalog.append("main", "x"))
        .hasMessage("Table 'main.x' does not exist");
  }

  @Test
  void emptyTableHasItsSchemaAndNoSplits() {
    catalog.createTable("main", "t", COLUMNS);
    assertThat(table("t").schema()).isEqualTo(COLUMNS);
    assertThat(scanAll(table("t"))).isEqualTo(new ScanPlan(List.of(), 0, 0, 0, 0));
    assertThat(table("t").statistics().rows()).isEqualTo(Statistic.exact(0));
  }

  @Test
  void createdTableHasItsRowsFilesAndStatistics() throws Exception {
    Rows.create(
        catalog,
        "t",
        COLUMNS,
        List.of(row(1L, "one", 10), row(2L, "two", null)),
        List.of(row(5L, "two", 30), row(4L, null, 20), row(3L, "three", 40)));
    TableProvider table = table("t");
    assertThat(table.schema()).isEqualTo(COLUMNS);
    assertThat(table.columns()).extracting("fieldId").containsExactly(1, 2, 3);
    ScanPlan scan = scanAll(table);
    assertThat(scan.splits()).hasSize(2);
    assertThat(scan.files()).isEqualTo(2);
    assertThat(scan.filesPruned()).isZero();
    assertThat(DuckDb.read(scan, "id, name, day"))
        .containsExactly(
            "1|one|1970-01-11",
            "2|two|null",
            "5|two|1970-01-31",
            "4|null|1970-01-21",
            "3|three|1970-02-10");
    TableStatistics statistics = table.statistics();
    assertThat(statistics.rows()).isEqualTo(Statistic.exact(5));
    var id = statistics.columns().get(0);
    assertThat(id.min().value()).isEqualTo(1L);
    assertThat(id.max().value()).isEqualTo(5L);
    assertThat(id.nulls()).isEqualTo(Statistic.exact(0));
    assertThat(id.distinct()).isEqualTo(Statistic.estimate(5));
    var name = statistics.columns().get(1);
    assertThat(name.min().value()).isEqualTo("one");
    assertThat(name.max().value()).isEqualTo("two");
    assertThat(name.boundsExact()).isFalse();
    assertThat(name.nulls()).isEqualTo(Statistic.exact(1));
    assertThat(name.distinct()).isEqualTo(Statistic.estimate(3));
    assertThat(name.averageBytes()).isEqualTo(14 / 4.0);
    var day = statistics.columns().get(2);
    assertThat(day.min().value()).isEqualTo(10L);
    assertThat(day.max().value()).isEqualTo(40L);
    assertThat(day.nulls()).isEqualTo(Statistic.exact(1));
  }

  /// Iceberg itself reads it again for minutes.
  @ParameterizedTest
  @ValueSource(strings = {"half", "", "{}", "[1]", "no JSON"})
  @Timeout(20)
  void metadataThatIsDamagedIsSaidToBe(String content) throws IOException {
    catalog.createTable("main", "t", COLUMNS);
    Path metadata =
        filesOf("t").stream()
            .filter(file -> file.toString().endsWith(".metadata.json"))
            .findFirst()
            .orElseThrow();
    String whole = Files.readString(metadata);
    Files.writeString(
        metadata, content.equals("half") ? whole.substring(0, whole.length() / 2) : content);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> table("t"))
          .isInstanceOfSatisfying(
              FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.FILE_CORRUPT))
          .hasMessage("'%s' is not the metadata of an Iceberg table, or is damaged", metadata);
    }
    Files.writeString(metadata, whole);
    for (int i = 0; i < 3; i++) {
      assertThat(table("t").schema()).isEqualTo(COLUMNS);
    }
  }

  @Test
  void appendsAddRowsAndTheirSketches() {
    Rows.create(catalog, "t", COLUMNS, List.of(row(1L, "a", 1)));
    TableProvider before = table("t");
    Rows.append(catalog, "t", COLUMNS, List.of(row(2L, "a", 2), row(3L, "b", 3)));
    assertThat(before.statistics().rows()).isEqualTo(Statistic.exact(1));
    assertThat(scanAll(before).splits()).hasSize(1);
    assertThat(table("t").statistics().rows()).isEqualTo(Statistic.exact(3));
    assertThat(table("t").statistics().columns().get(0).distinct())
        .isEqualTo(Statistic.estimate(3));
    assertThat(table("t").statistics().columns().get(1).distinct())
        .isEqualTo(Statistic.estimate(2));
    assertThat(scanAll(table("t")).splits()).hasSize(2);
  }

  @Test
  void droppedTableTakesItsFilesAlong() throws IOException {
    Rows.create(catalog, "t", COLUMNS, List.of(row(1L, "a", 1)));
    Rows.append(catalog, "t", COLUMNS, List.of(row(2L, "a", 2)));
    assertThat(filesOf("t")).isNotEmpty();
    catalog.dropTable("main", "t");
    assertThat(catalog.tables("main")).isEmpty();
    assertThat(filesOf("t")).isEmpty();
  }

  @Test
  void abandonedCreationLeavesNothing() throws IOException {
    try (TableAppend append = catalog.createTableAs("main", "t", COLUMNS)) {
      TableAppend.Writer closed = append.writer();
      closed.write(Rows.batch(COLUMNS, List.of(row(1L, "a", 1))));
      closed.close();
      append.writer().write(Rows.batch(COLUMNS, List.of(row(2L, "a", 1))));
      assertThat(filesOf("t")).isNotEmpty();
    }
    assertThat(catalog.tables("main")).isEmpty();
    assertThat(filesOf("t")).isEmpty();
  }

  @Test
  void creationThatLosesToAnotherLeavesTheOthersTable() throws IOException {
    try (TableAppend append = catalog.createTableAs("main", "t", COLUMNS)) {
      Rows.write(append, COLUMNS, List.of(row(1L, "mine", 1)));
      Rows.create(catalog, "t", COLUMNS, List.of(row(2L, "theirs", 1), row(3L, "theirs", 1)));
      assertThatThrownBy(append::commit)
          .isInstanceOf(FrazilException.class)
          .extracting("code")
          .isEqualTo(ErrorCode.ALREADY_EXISTS);
    }
    assertThat(table("t").statistics().rows()).isEqualTo(Statistic.exact(2));
    ScanPlan scan = scanAll(table("t"));
    assertThat(filesOf("t").stream().map(Path::toString).filter(f -> f.endsWith(".parquet")))
        .containsExactlyElementsOf(
            scan.splits().stream().map(s -> ((Split.Parquet) s).location()).toList());
  }

  @Test
  void abandonedAppendLeavesTheTableAsItWas() throws IOException {
    Rows.create(catalog, "t", COLUMNS, List.of(row(1L, "a", 1)));
    List<Path> before = filesOf("t");
    try (TableAppend append = catalog.append("main", "t")) {
      Rows.write(append, COLUMNS, List.of(row(2L, "b", 1)));
    }
    assertThat(filesOf("t")).isEqualTo(before);
    assertThat(table("t").statistics().rows()).isEqualTo(Statistic.exact(1));
  }

  @Test
  void creationWithoutRowsMakesAnEmptyTable() {
    Rows.create(catalog, "t", COLUMNS);
    assertThat(table("t").statistics().rows()).isEqualTo(Statistic.exact(0));
  }

  /// This module's tests add no Hadoop to its run-time class path: what they do works without.
  @Test
  void hadoopIsNotOnTheClassPath() {
    assertThatThrownBy(() -> Class.forName("org.apache.hadoop.conf.Configuration"))
        .isInstanceOf(ClassNotFoundException.class);
    assertThatThrownBy(() -> Class.forName("org.apache.parquet.hadoop.ParquetFileReader"))
        .isInstanceOf(ClassNotFoundException.class);
  }
}
