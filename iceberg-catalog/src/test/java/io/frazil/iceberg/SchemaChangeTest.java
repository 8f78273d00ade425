package io.frazil.iceberg;

import static io.frazil.iceberg.Rows.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.provider.ColumnStatistics;
import io.frazil.engine.provider.ScanPlan;
import io.frazil.engine.provider.ScanRequest;
import io.frazil.engine.provider.Statistic;
import io.frazil.engine.provider.TableProvider;
import io.frazil.engine.provider.TableVersion;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types.DecimalType;
import org.apache.iceberg.types.Types.DoubleType;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.types.Types.StringType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Tables whose columns others change, which makes no snapshot, while this process knows their
/// files already.
class SchemaChangeTest {
  private static final TableIdentifier TABLE = TableIdentifier.of("main", "t");
  private static final Schema COLUMNS =
      Schema.of(new Field("id", Types.BIGINT, true), new Field("a", Types.BIGINT, true));

  @TempDir Path folder;

  private IcebergCatalog catalog;
  private IcebergCatalog others;

  @BeforeEach
  void open() {
    catalog = LocalWarehouse.open(folder);
    others = LocalWarehouse.open(folder);
  }

  @AfterEach
  void close() {
    others.close();
    catalog.close();
  }

  @Test
  void aColumnIsFoundByTheNameThatItWasGiven() throws SQLException {
    createTwoFiles();
    assertThat(ids(TableVersion.CURRENT, "a", 1L, "a = 1")).containsExactly("1");
    change(schema -> schema.renameColumn("a", "b"));
    ScanPlan renamed = scan(TableVersion.CURRENT, "b", 1L);
    assertThat(DuckDb.read(renamed, "id", "a = 1")).containsExactly("1");
    assertThat(renamed.filesPruned()).isEqualTo(1);
  }

  @Test
  void aColumnThatIsNewIsAskedFor() throws SQLException {
    createTwoFiles();
    assertThat(ids(TableVersion.CURRENT, "a", 1L, "a = 1")).containsExactly("1");
    change(schema -> schema.addColumn("c", LongType.get()));
    assertThat(ids(TableVersion.CURRENT, "c", 1L, "false")).isEmpty();
    TableProvider table = table(TableVersion.CURRENT);
    var absent = new Expression.IsNull(column(table, "c"));
    ScanPlan all = table.scan(new ScanRequest(List.of(0), List.of(absent), null));
    assertThat(DuckDb.read(all, "id")).containsExactly("1", "2");
  }

  @Test
  void aSnapshotThatIsPastByNowHasItsOwnNames() throws SQLException {
    createTwoFiles();
    var first = new TableVersion.Snapshot(iceberg().currentSnapshot().snapshotId());
    change(schema -> schema.renameColumn("a", "b"));
    assertThat(ids(TableVersion.CURRENT, "b", 2L, "a = 2")).containsExactly("2");
    var renamed =
        Schema.of(new Field("id", Types.BIGINT, true), new Field("b", Types.BIGINT, true));
    Rows.append(others, "t", renamed, List.of(row(3L, 2L)));
    ScanPlan past = scan(first, "a", 2L);
    assertThat(DuckDb.read(past, "id", "a = 2")).containsExactly("2");
    assertThat(past.splits()).hasSize(1);
  }

  @Test
  void aPartitionIsOfItsColumnAndNotOfWhicheverHasItsName() throws Exception {
    createPartitioned();
    assertThat(ids(TableVersion.CURRENT, "region", "DE", "region = 'DE'")).containsExactly("1");
    change(schema -> schema.renameColumn("region", "old_region"));
    change(schema -> schema.renameColumn("country", "region"));
    assertThat(ids(TableVersion.CURRENT, "region", "DE", "country = 'DE'")).containsExactly("2");
    ScanPlan partition = scan(TableVersion.CURRENT, "old_region", "DE");
    assertThat(DuckDb.read(partition, "id")).containsExactly("1");
  }

  @Test
  void aPartitionOutlivesItsColumn() throws Exception {
    createPartitioned();
    var whole = new TableVersion.Snapshot(iceberg().currentSnapshot().snapshotId());
    iceberg().updateSpec().removeField("key").commit();
    change(schema -> schema.deleteColumn("region"));
    assertThat(ids(TableVersion.CURRENT, "country", "DE", "country = 'DE'")).containsExactly("2");
    TableProvider past = table(whole);
    assertThat(past.scan(new ScanRequest(List.of(0, 2), List.of(), null)).splits()).hasSize(2);
    assertThatThrownBy(() -> past.scan(new ScanRequest(List.of(0, 1), List.of(), null)))
        .hasMessage(
            "Table main.t was partitioned by its column 'region', which was dropped since; reading"
                + " it as it was before that is not supported yet");
    append("3", "DE", "DE");
    assertThat(ids(whole, "region", "DE", "region = 'DE'")).containsExactly("1");
  }

  @Test
  void aColumnThatBecameWiderKeepsItsBounds() throws SQLException {
    var narrow =
        Schema.of(
            new Field("i", Types.INTEGER, true),
            new Field("f", Types.REAL, true),
            new Field("c", new DataType.Decimal(9, 2), true));
    Rows.create(
        catalog,
        "t",
        narrow,
        List.of(row(-1, -1.5, new BigDecimal("-1.25"))),
        List.of(row(2, 2.5, new BigDecimal("2.25"))));
    assertThat(scan(TableVersion.CURRENT, "i", 2L).splits()).hasSize(1);
    change(schema ->
        schema
            .updateColumn("i", LongType.get())
            .updateColumn("f", DoubleType.get())
            .updateColumn("c", DecimalType.of(30, 2)));
    List<Object> least = List.of(-1L, -1.5, new BigDecimal("-1.25"));
    List<Object> greatest = List.of(2L, 2.5, new BigDecimal("2.25"));
    for (int i = 0; i < least.size(); i++) {
      ColumnStatistics known = table(TableVersion.CURRENT).statistics().columns().get(i);
      assertThat(known.min().value()).isEqualTo(least.get(i));
      assertThat(known.max().value()).isEqualTo(greatest.get(i));
      String column = narrow.field(i).name();
      for (Object value : List.of(least.get(i), greatest.get(i))) {
        ScanPlan found = scan(TableVersion.CURRENT, column, value);
        assertThat(found.filesPruned()).isEqualTo(1);
        assertThat(DuckDb.read(found, column + " = " + value)).containsExactly("true");
      }
    }
  }

  @Test
  void valuesOfAColumnThatBecameWiderAreNotCountedTwice() {
    var narrow = Schema.of(new Field("i", Types.INTEGER, true));
    var wide = Schema.of(new Field("i", Types.BIGINT, true));
    Rows.create(catalog, "t", narrow, List.of(row(1), row(2), row(3)));
    change(schema -> schema.updateColumn("i", LongType.get()));
    Rows.append(catalog, "t", wide, List.of(row(1L), row(2L), row(3L)));
    assertThat(table(TableVersion.CURRENT).statistics().columns().getFirst().distinct())
        .isEqualTo(Statistic.estimate(3));
  }

  /// A file of the row (1, 1), and one of (2, 2).
  private void createTwoFiles() {
    Rows.create(catalog, "t", COLUMNS, List.of(row(1L, 1L)), List.of(row(2L, 2L)));
  }

  /// A file of region DE and country FR, and one of region FR and country DE.
  private void createPartitioned() throws Exception {
    var schema =
        new org.apache.iceberg.Schema(
            NestedField.optional(1, "id", LongType.get()),
            NestedField.optional(2, "region", StringType.get()),
            NestedField.optional(3, "country", StringType.get()));
    var spec = PartitionSpec.builderFor(schema).identity("region", "key").build();
    others.catalog().createTable(TABLE, schema, spec);
    append("1", "DE", "FR");
    append("2", "FR", "DE");
  }

  private void append(String id, String region, String country) throws Exception {
    Table table = iceberg();
    Path file = folder.resolve(id + ".parquet");
    DuckDb.execute(
        ("COPY (SELECT %s::BIGINT AS id, '%s' AS region, '%s' AS country) TO '%s'"
                + " (FIELD_IDS {id: 1, region: 2, country: 3})")
            .formatted(id, region, country, file));
    DataFiles.Builder data =
        DataFiles.builder(table.spec())
            .withPath(file.toString())
            .withFileSizeInBytes(Files.size(file))
            .withRecordCount(1);
    table
        .newAppend()
        .appendFile(
            (table.spec().isPartitioned() ? data.withPartitionPath("key=" + region) : data).build())
        .commit();
  }

  private void change(Consumer<UpdateSchema> change) {
    UpdateSchema schema = iceberg().updateSchema();
    change.accept(schema);
    schema.commit();
  }

  private Table iceberg() {
    return others.catalog().loadTable(TABLE);
  }

  private TableProvider table(TableVersion version) {
    return catalog.table("main", "t", version).orElseThrow();
  }

  private ScanPlan scan(TableVersion version, String column, Object value) {
    TableProvider table = table(version);
    Expression.Column named = column(table, column);
    var equal =
        new Expression.Comparison(
            ComparisonOperator.EQUAL, named, new Expression.Literal(value, named.type()));
    return table.scan(new ScanRequest(List.of(0), List.of(equal), null));
  }

  /// The ids of the rows that are found where a column has a value.
  ///
  /// @param condition the same by the names in the files
  private List<String> ids(TableVersion version, String column, Object value, String condition)
      throws SQLException {
    return DuckDb.read(scan(version, column, value), "id", condition);
  }

  private static Expression.Column column(TableProvider table, String name) {
    List<Field> fields = table.schema().fields();
    int index = fields.stream().map(Field::name).toList().indexOf(name);
    return new Expression.Column(index, name, fields.get(index).type(), true);
  }
}
