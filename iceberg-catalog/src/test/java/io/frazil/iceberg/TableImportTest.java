package io.frazil.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.provider.ScanPlan;
import io.frazil.engine.provider.ScanRequest;
import io.frazil.engine.provider.Statistic;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.provider.TableVersion;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchReader;
import io.frazil.iceberg.imports.ImportedFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.types.Types.StringType;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Statistics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableImportTest {
  @TempDir Path folder;

  private IcebergCatalog catalog;
  private TableImport imports;

  @BeforeEach
  void open() {
    catalog = LocalWarehouse.open(folder.resolve("warehouse"));
    imports = TableImport.into(catalog, new LocalObjectStore());
  }

  @AfterEach
  void close() {
    catalog.close();
  }

  private String file(String name, String query) throws SQLException {
    return file(name, query, "");
  }

  private String file(String name, String query, String options) throws SQLException {
    String path = folder.resolve(name).toString();
    DuckDb.execute("COPY (%s) TO '%s' (FORMAT parquet%s)".formatted(query, path, options));
    return path;
  }

  private TableProvider table(String name) {
    return catalog.table("main", name, TableVersion.CURRENT).orElseThrow();
  }

  @Test
  void filesWithoutIdsGetANameMappingAndTheirFootersStatistics() throws SQLException {
    file(
        "a1.parquet",
        "SELECT i::INTEGER AS i, 'v' || i AS v, i / 2.0::DOUBLE AS d FROM range(5) t(i)");
    file(
        "a2.parquet", "SELECT i::INTEGER AS i, NULL::VARCHAR AS v, 1e0 AS d FROM range(5, 7) t(i)");
    TableImport.Imported imported =
        imports.create("main", "t", List.of(folder.resolve("a*.parquet").toString()));
    assertThat(imported.files()).isEqualTo(2);
    assertThat(imported.rows()).isEqualTo(7);
    TableProvider table = table("t");
    assertThat(table.schema())
        .isEqualTo(
            Schema.of(
                new Field("i", Types.INTEGER, true),
                new Field("v", Types.VARCHAR, true),
                new Field("d", Types.DOUBLE, true)));
    assertThat(table.columns().get(1).names()).containsExactly("v");
    assertThat(table.columns()).extracting("fieldId").containsExactly(1, 2, 3);
    var statistics = table.statistics();
    assertThat(statistics.rows()).isEqualTo(Statistic.exact(7));
    assertThat(statistics.columns().get(0).min().value()).isEqualTo(0L);
    assertThat(statistics.columns().get(0).max().value()).isEqualTo(6L);
    assertThat(statistics.columns().get(1).nulls()).isEqualTo(Statistic.exact(2));
    assertThat(statistics.columns().get(1).max().value()).isEqualTo("v4");
    assertThat(statistics.columns().get(2).nans()).isNull();
    ScanPlan scan = table.scan(new ScanRequest(List.of(0), List.of(), null));
    assertThat(DuckDb.read(scan, "sum(i)")).containsExactly("21");
  }

  @Test
  void fieldIdsOfTheFilesAreKept() throws SQLException {
    String file = file("ids.parquet", "SELECT 1 AS a, 2::BIGINT AS b", ", FIELD_IDS {a: 17, b: 4}");
    imports.create("main", "t", List.of(file));
    assertThat(table("t").columns()).extracting("fieldId").containsExactly(17, 4);
    assertThat(table("t").columns().getFirst().names()).isNull();
    assertThat(table("t").statistics().columns().get(1).max().value()).isEqualTo(2L);
  }

  @Test
  void droppingLeavesTheImportedFilesAndRemovesTheTablesOwn() throws SQLException {
    String file = file("a.parquet", "SELECT 1::BIGINT AS a");
    imports.create("main", "t", List.of(file));
    Schema columns = Schema.of(new Field("a", Types.BIGINT, true));
    Rows.append(catalog, "t", columns, List.of(Rows.row(2L)));
    assertThat(table("t").statistics().rows()).isEqualTo(Statistic.exact(2));
    catalog.dropTable("main", "t");
    assertThat(Path.of(file)).exists();
    assertThat(folder.resolve("warehouse/main/t")).doesNotExist();
  }

  @Test
  void filesThatCannotBeOneTableAreRejectedWithTheReason() throws Exception {
    String a = file("a.parquet", "SELECT 1 AS a");
    String b = file("b.parquet", "SELECT 'x' AS a");
    String c = file("c.parquet", "SELECT 1 AS a, 2 AS c");
    String list = file("list.parquet", "SELECT [1] AS a");
    Path text = Files.writeString(folder.resolve("text.parquet"), "this is not a Parquet file");
    assertThatThrownBy(() -> imports.create("main", "t", List.of(a, b)))
        .hasMessage(
            "The files cannot be one table: column 'a' is integer in '%s' and varchar in '%s'",
            a, b);
    assertThatThrownBy(() -> imports.create("main", "t", List.of(a, c)))
        .hasMessage("The files cannot be one table: '%s' has a column 'c', '%s' has not", c, a);
    assertThatThrownBy(() -> imports.create("main", "t", List.of(list)))
        .hasMessage("'%s' cannot be imported yet: its column 'a' is a list", list);
    assertThatThrownBy(() -> imports.create("main", "t", List.of(text.toString())))
        .hasMessageStartingWith("'" + text + "' is not a Parquet file");
    assertThatThrownBy(() -> imports.create("main", "t", List.of("nowhere*.parquet")))
        .hasMessage("No file matches 'nowhere*.parquet'");
    assertThat(catalog.tables("main")).isEmpty();
  }

  @Test
  void analyzingCountsDistinctValues() throws SQLException {
    String file = file("a.parquet", "SELECT 1::BIGINT AS a");
    Schema columns = Schema.of(new Field("a", Types.BIGINT, true));
    Batch batch =
        Rows.batch(columns, List.of(Rows.row(1L), Rows.row(2L), Rows.row(1L), Rows.row(3L)));
    imports.analyzing((_, _) -> reader(batch)).create("main", "t", List.of(file));
    // Not more than there are rows.
    assertThat(table("t").statistics().columns().getFirst().distinct())
        .isEqualTo(Statistic.estimate(1));
  }

  private static BatchReader reader(Batch batch) {
    Iterator<Batch> batches = List.of(batch).iterator();
    return new BatchReader() {
      @Override
      public Batch next() {
        return batches.hasNext() ? batches.next() : null;
      }

      @Override
      public void close() {}
    };
  }

  /// What a manifest says of the columns `n` and `s` of a file whose footer was changed.
  private DataFile described(Consumer<FileMetaData> change) throws SQLException {
    String path = file("a.parquet", "SELECT i::BIGINT AS n, 'v' || i AS s FROM range(1, 6) t(i)");
    ImportedFile read = ImportedFile.read(new LocalObjectStore(), path);
    FileMetaData footer = read.footer().deepCopy();
    change.accept(footer);
    return new ImportedFile(path, read.size(), read.columns(), footer)
        .dataFile(
            new org.apache.iceberg.Schema(
                NestedField.optional(1, "n", LongType.get()),
                NestedField.optional(2, "s", StringType.get())));
  }

  private static Statistics numbers(FileMetaData footer) {
    return footer.getRow_groups().getFirst().getColumns().getFirst().getMeta_data().getStatistics();
  }

  @Test
  void statisticsThatAreRightBecomeTheManifests() throws SQLException {
    DataFile file = described(_ -> {});
    assertThat(file.nullValueCounts()).isEqualTo(Map.of(1, 0L, 2, 0L));
    assertThat(file.lowerBounds()).containsOnlyKeys(1, 2);
    assertThat(file.upperBounds()).containsOnlyKeys(1, 2);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 5, 6})
  void countsOfNullsThatTheRestContradictsAreLeftOut(long nulls) throws SQLException {
    DataFile file = described(f -> numbers(f).setNull_count(nulls));
    assertThat(file.nullValueCounts()).containsOnlyKeys(2);
    assertThat(file.lowerBounds()).containsOnlyKeys(2);
    assertThat(file.upperBounds()).containsOnlyKeys(2);
  }

  @Test
  void boundsTheWrongWayRoundAreLeftOut() throws SQLException {
    DataFile file =
        described(f -> {
          byte[] min = numbers(f).getMin_value();
          numbers(f).setMin_value(numbers(f).getMax_value());
          numbers(f).setMax_value(min);
        });
    assertThat(file.lowerBounds()).containsOnlyKeys(2);
    assertThat(file.upperBounds()).containsOnlyKeys(2);
  }

  @Test
  void whatAWriterIsKnownToHaveWrittenWronglyIsLeftOut() throws SQLException {
    DataFile file = described(f -> f.setCreated_by("parquet-cpp-arrow version 8.0.0"));
    assertThat(file.nullValueCounts()).isEmpty();
    assertThat(file.lowerBounds()).containsOnlyKeys(1);
    assertThat(file.upperBounds()).containsOnlyKeys(1);
  }
}
