package io.frazil.iceberg;

import static io.frazil.iceberg.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.provider.PartiallySupported;
import io.frazil.engine.provider.ScanPlan;
import io.frazil.engine.provider.ScanRequest;
import io.frazil.engine.provider.Statistic;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.provider.TableVersion;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanTest {
  private static final Schema COLUMNS =
      Schema.of(
          new Field("x", Types.DOUBLE, true),
          new Field("n", Types.BIGINT, true),
          new Field("s", Types.VARCHAR, true));

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

  private Table iceberg(String name) {
    return catalog.catalog().loadTable(TableIdentifier.of("main", name));
  }

  private TableProvider table(TableVersion version) {
    return catalog.table("main", "t", version).orElseThrow();
  }

  private static Expression column(int index) {
    Field field = COLUMNS.field(index);
    return new Expression.Column(index, field.name(), field.type(), true);
  }

  private static Expression compare(int column, ComparisonOperator operator, Object value) {
    DataType type = COLUMNS.type(column);
    return new Expression.Comparison(operator, column(column), new Expression.Literal(value, type));
  }

  private long pruned(Expression... filters) {
    return table(TableVersion.CURRENT)
        .scan(new ScanRequest(List.of(0), List.of(filters), null))
        .filesPruned();
  }

  /// Three files: small numbers; large ones with a NaN; nulls and zeros.
  private void createThreeFiles() {
    Rows.create(
        catalog,
        "t",
        COLUMNS,
        List.of(row(1.0, 1L, "apple"), row(4.0, 4L, "apricot")),
        List.of(row(3.0, 10L, "banana"), row(Double.NaN, 20L, "blueberry")),
        List.of(row(null, null, null), row(-0.0, 0L, null)));
  }

  @Test
  void exactTypesPruneByBoundsAndNullCounts() {
    createThreeFiles();
    assertThat(pruned(compare(1, ComparisonOperator.GREATER, 5L))).isEqualTo(2);
    assertThat(pruned(compare(1, ComparisonOperator.EQUAL, 4L))).isEqualTo(2);
    assertThat(pruned(new Expression.IsNull(column(1)))).isEqualTo(2);
    assertThat(pruned(new Expression.Not(new Expression.IsNull(column(2))))).isEqualTo(1);
    var list =
        List.of(
            new Expression.Literal(1L, Types.BIGINT), new Expression.Literal(20L, Types.BIGINT));
    assertThat(pruned(new Expression.InList(column(1), list))).isEqualTo(1);
    assertThat(pruned(new Expression.Not(new Expression.InList(column(1), list)))).isZero();
    var prefix = new Expression.Literal("ap%", Types.VARCHAR);
    assertThat(pruned(new Expression.Call("like", List.of(column(2), prefix), Types.BOOLEAN, true)))
        .isEqualTo(2);
    assertThat(
            pruned(
                new Expression.Or(
                    List.of(
                        compare(1, ComparisonOperator.EQUAL, 4L),
                        compare(1, ComparisonOperator.GREATER, 15L)))))
        .isEqualTo(1);
  }

  @Test
  void untranslatableConditionsPruneNothing() {
    createThreeFiles();
    Expression sum =
        new Expression.Comparison(
            ComparisonOperator.GREATER,
            new Expression.Negate(column(1)),
            new Expression.Literal(5L, Types.BIGINT));
    assertThat(pruned(sum)).isZero();
    assertThat(pruned(new Expression.Or(List.of(compare(1, ComparisonOperator.EQUAL, 4L), sum))))
        .isZero();
    assertThat(pruned(compare(1, ComparisonOperator.EQUAL, 4L), sum)).isEqualTo(2);
  }

  @Test
  void nanIsAboveEveryUpperBound() {
    createThreeFiles();
    assertThat(pruned(compare(0, ComparisonOperator.GREATER, 5.0))).isEqualTo(2);
    assertThat(pruned(compare(0, ComparisonOperator.EQUAL, Double.NaN))).isEqualTo(2);
    assertThat(pruned(compare(0, ComparisonOperator.GREATER_OR_EQUAL, Double.NaN))).isEqualTo(2);
    assertThat(pruned(compare(0, ComparisonOperator.LESS, Double.NaN))).isZero();
    assertThat(pruned(new Expression.Not(compare(0, ComparisonOperator.LESS_OR_EQUAL, 5.0))))
        .isEqualTo(2);
  }

  @Test
  void zerosOfBothSignsAreEqual() {
    createThreeFiles();
    assertThat(pruned(compare(0, ComparisonOperator.EQUAL, 0.0))).isEqualTo(2);
    assertThat(pruned(compare(0, ComparisonOperator.EQUAL, -0.0))).isEqualTo(2);
  }

  @Test
  void statisticsCountNansApartFromBounds() {
    createThreeFiles();
    var x = table(TableVersion.CURRENT).statistics().columns().getFirst();
    assertThat(x.nans()).isEqualTo(Statistic.exact(1));
    assertThat(x.nulls()).isEqualTo(Statistic.exact(1));
    assertThat(x.max().value()).isEqualTo(4.0);
    assertThat(x.distinct()).isEqualTo(Statistic.estimate(5));
  }

  @Test
  void limitWithoutFiltersTakesAsFewFilesAsItNeeds() {
    createThreeFiles();
    ScanPlan scan = table(TableVersion.CURRENT).scan(new ScanRequest(List.of(0), List.of(), 3L));
    assertThat(scan.splits()).hasSize(2);
    assertThat(scan.filesPruned()).isEqualTo(1);
  }

  @Test
  void pastVersionsAreReadByIdTagAndTime() {
    Rows.create(catalog, "t", COLUMNS, List.of(row(1.0, 1L, "a")));
    Table table = iceberg("t");
    long first = table.currentSnapshot().snapshotId();
    long time = table.currentSnapshot().timestampMillis();
    table.manageSnapshots().createTag("v1", first).commit();
    table.updateSchema().renameColumn("n", "renamed").commit();
    Rows.append(catalog, "t", COLUMNS, List.of(row(2.0, 2L, "b")));
    for (TableVersion version :
        List.of(
            new TableVersion.Snapshot(first),
            new TableVersion.Reference("v1"),
            new TableVersion.AsOf(time * 1000))) {
      TableProvider past = table(version);
      assertThat(past.schema()).isEqualTo(COLUMNS);
      assertThat(past.statistics().rows()).isEqualTo(Statistic.exact(1));
      var filter = List.of(compare(1, ComparisonOperator.GREATER, 0L));
      assertThat(past.scan(new ScanRequest(List.of(0), filter, null)).splits()).hasSize(1);
    }
    assertThat(table(new TableVersion.Reference("main")).schema().field(1).name())
        .isEqualTo("renamed");
    assertThatThrownBy(() -> table(new TableVersion.Snapshot(42)))
        .hasMessageStartingWith("Table main.t has no snapshot 42. It has " + first + " (");
    assertThatThrownBy(() -> table(new TableVersion.Reference("v2")))
        .hasMessage("Table main.t has no branch or tag 'v2'. It has main (branch), v1 (tag)");
    assertThatThrownBy(() -> table(new TableVersion.AsOf(0)))
        .hasMessageStartingWith(
            "Table main.t has no snapshot as of 1970-01-01T00:00:00Z. It has " + first);
  }

  @Test
  void columnsOfOtherTypesAreLeftOutAndNamed() {
    Rows.create(catalog, "t", COLUMNS, List.of(row(1.0, 1L, "a")));
    iceberg("t")
        .updateSchema()
        .addColumn("id", org.apache.iceberg.types.Types.UUIDType.get())
        .commit();
    TableProvider table = table(TableVersion.CURRENT);
    assertThat(table.schema()).isEqualTo(COLUMNS);
    assertThat(((PartiallySupported) table).unsupportedColumns()).isEqualTo(Map.of("id", "uuid"));
    assertThat(table.scan(new ScanRequest(List.of(0), List.of(), null)).splits()).hasSize(1);
    assertThatThrownBy(() -> catalog.append("main", "t"))
        .hasMessage("Table main.t has columns of types that cannot be written yet: {id=uuid}");
  }

  @Test
  void tablesWithRowLevelDeletesAreRejectedOnScanning() {
    Rows.create(catalog, "t", COLUMNS, List.of(row(1.0, 1L, "a")));
    Table table = iceberg("t");
    table
        .newRowDelta()
        .addDeletes(
            FileMetadata.deleteFileBuilder(PartitionSpec.unpartitioned())
                .ofEqualityDeletes(2)
                .withPath(table.location() + "/data/deletes.parquet")
                .withFormat("parquet")
                .withFileSizeInBytes(10)
                .withRecordCount(1)
                .build())
        .commit();
    TableProvider opened = table(TableVersion.CURRENT);
    assertThat(opened.schema()).isEqualTo(COLUMNS);
    assertThatThrownBy(() -> opened.scan(new ScanRequest(List.of(0), List.of(), null)))
        .isInstanceOf(FrazilException.class)
        .hasMessage("Table main.t has row-level deletes, which are not supported yet")
        .extracting("code")
        .isEqualTo(ErrorCode.NOT_SUPPORTED);
    assertThat(opened.statistics().rows()).isEqualTo(Statistic.upperBound(1));
  }

  @Test
  void encryptedTablesAreRejected() {
    catalog.createTable("main", "t", COLUMNS);
    iceberg("t").updateProperties().set("encryption.key-id", "k").commit();
    assertThatThrownBy(() -> table(TableVersion.CURRENT))
        .hasMessage("Table main.t is encrypted, which is not supported yet");
  }

  @Test
  void appendsFromTwoWarehousesAtOnceAllArrive() throws Exception {
    catalog.createTable("main", "t", COLUMNS);
    try (IcebergCatalog other = LocalWarehouse.open(folder);
        ExecutorService threads = Executors.newFixedThreadPool(2)) {
      List<Future<?>> done = new ArrayList<>();
      for (IcebergCatalog each : List.of(catalog, other)) {
        done.add(
            threads.submit(() -> {
              for (long i = 0; i < 4; i++) {
                Rows.append(each, "t", COLUMNS, List.of(row(1.0, i, "a")));
              }
            }));
      }
      for (Future<?> each : done) {
        each.get();
      }
    }
    assertThat(table(TableVersion.CURRENT).statistics().rows()).isEqualTo(Statistic.exact(8));
  }
}
