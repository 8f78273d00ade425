package io.frazil.engine.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.parquet.RowGroup.OpenFile;
import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.task.NodeMetrics.Counter;
import io.frazil.engine.type.Types;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Row groups that a bloom filter proves to lack a value are not read. Statistics can't tell here:
/// values that are there and values that aren't lie between each other.
class BloomFilterTest {
  private static final int ROWS = 20_000;
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          "message m { required int64 big; required int32 small; required binary name (STRING);"
              + " required double x; required float y; required int64 price (DECIMAL(15,2));"
              + " required int32 unsigned (INTEGER(32,false)); optional int64 sparse; }");

  private final MemoryStore store = new MemoryStore();
  private List<ScanColumn> columns = List.of();

  @TempDir private @Nullable Path folder;

  @BeforeEach
  void writeEvenNumbers() {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      int even = i * 2;
      rows.add(
          new @Nullable Object[] {
            (long) even,
            even,
            Binary.fromString("name " + even),
            even / 4.0,
            even / 4f,
            (long) even,
            -1 - even,
            i % 3 == 0 ? null : (Long) (long) even
          });
    }
    store.put(
        "f",
        TestFile.write(
            SCHEMA,
            rows,
            builder -> {
              builder.withDictionaryEncoding(false);
              for (var field : SCHEMA.getFields()) {
                builder
                    .withBloomFilterEnabled(field.getName(), true)
                    .withBloomFilterNDV(field.getName(), ROWS);
              }
              return builder;
            }));
    columns = Scans.columns(store, "f");
  }

  private Expression.Column column(int column) {
    ScanColumn found = columns.get(column);
    return new Expression.Column(column, found.name(), found.type(), found.nullable());
  }

  private Expression compare(int column, ComparisonOperator operator, Object value) {
    return new Expression.Comparison(
        operator, column(column), new Literal(value, columns.get(column).type()));
  }

  private Expression equal(int column, Object value) {
    return compare(column, ComparisonOperator.EQUAL, value);
  }

  private Expression in(int column, Object... values) {
    return new Expression.InList(
        column(column),
        Stream.of(values).map(v -> new Literal(v, columns.get(column).type())).toList());
  }

  private void assertPruned(Expression filter) {
    var scans = new Scans(store);
    assertThat(scans.rows("f", filter)).isEmpty();
    assertThat(scans.node().get(Counter.READ_BYTES)).as("%s", filter).isZero();
  }

  private void assertRead(Expression filter, int rows) {
    var scans = new Scans(store);
    assertThat(scans.rows("f", filter)).hasSize(rows);
    assertThat(scans.node().get(Counter.READ_BYTES)).as("%s", filter).isPositive();
  }

  private static RowGroupMetadata.Extent filterOfFirstColumn(ParquetFile file) {
    RowGroupMetadata.Chunk chunk = file.rowGroups().getFirst().chunks().getFirst();
    assert chunk != null && chunk.bloomFilter() != null;
    return chunk.bloomFilter();
  }

  @Test
  void aValueThatNoRowHasPrunesInEachType() {
    assertPruned(equal(0, 10_001L));
    assertPruned(equal(1, 10_001L));
    assertPruned(equal(2, "name 10001"));
    assertPruned(equal(3, 2_500.25));
    assertPruned(equal(4, 2_500.25));
    assertPruned(equal(5, new BigDecimal("100.01")));
    assertPruned(equal(6, 4_294_957_294L));
    assertPruned(equal(7, 10_001L));
  }

  @Test
  void aValueThatARowHasIsFoundInEachType() {
    assertRead(equal(0, 10_000L), 1);
    assertRead(equal(1, 10_000L), 1);
    assertRead(equal(2, "name 10000"), 1);
    assertRead(equal(3, 2_500.5), 1);
    assertRead(equal(4, 2_500.5), 1);
    assertRead(equal(5, new BigDecimal("100.00")), 1);
    assertRead(equal(6, 4_294_957_295L), 1);
    assertRead(equal(7, 10_000L), 1);
  }

  @Test
  void bothZerosAreLookedFor() {
    assertRead(equal(3, -0.0), 1);
    assertRead(equal(4, -0.0), 1);
  }

  @Test
  void aListPrunesIfAllOfItsValuesAreAbsent() {
    assertPruned(in(0, 10_001L, 10_003L, 10_005L));
    assertRead(in(0, 10_001L, 10_002L), 1);
  }

  @Test
  void whatTheValueIsPartOfIsStillFollowed() {
    assertPruned(new Expression.Or(List.of(equal(0, 10_001L), equal(2, "name 10003"))));
    assertRead(new Expression.Or(List.of(equal(0, 10_001L), equal(2, "name 4"))), 1);
    assertRead(new Expression.Not(equal(0, 10_001L)), ROWS);
    assertRead(compare(0, ComparisonOperator.NOT_EQUAL, 10_001L), ROWS);
    assertPruned(compare(7, ComparisonOperator.NOT_DISTINCT, 10_001L));
    assertRead(compare(7, ComparisonOperator.DISTINCT, 10_001L), ROWS);
  }

  @Test
  void aFilterThatIsDamagedIsDoneWithout() {
    byte[] whole = store.bytes("f");
    long at;
    try (var file = ParquetFile.open(store, "f")) {
      at = filterOfFirstColumn(file).start();
    }
    for (int damage : new int[] {0, 0x13, 0x55, 0xFF}) {
      byte[] damaged = whole.clone();
      Arrays.fill(damaged, (int) at, (int) at + 8, (byte) damage);
      store.put("f", damaged);

      assertRead(equal(0, 10_001L), 0);
      assertRead(equal(0, 10_000L), 1);
    }
  }

  @Test
  void filtersOfAnotherEngineAreRead() throws SQLException, IOException {
    assert folder != null;
    Path file = folder.resolve("duck.parquet");
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT (i % 400) * 2 AS a, 'n' || (i % 400) * 2 AS b, i * 0.37 AS c,"
              + " random() AS d FROM range(60000) t(i)) TO '"
              + file
              + "' (FORMAT parquet)");
    }
    store.put("f", Files.readAllBytes(file));
    columns = Scans.columns(store, "f");
    // Asked by itself, as dictionaries would prune here as well.
    ParquetFile opened = ParquetFile.open(store, "f");
    var split = new Scans(store).split("f");
    var group = new RowGroup(new OpenFile(opened, FileColumns.resolve(opened, columns, split)), 0);
    try (var reservation = new MemoryPool(1 << 20).reservation("test")) {
      var filters = new BloomFilters(group, 1 << 20, reservation);
      assertThat(filters.isAbsent(0, new Literal(401L, Types.BIGINT))).isTrue();
      assertThat(filters.isAbsent(0, new Literal(400L, Types.BIGINT))).isFalse();
      assertThat(filters.isAbsent(1, new Literal("n401", Types.VARCHAR))).isTrue();
      assertThat(filters.isAbsent(1, new Literal("n400", Types.VARCHAR))).isFalse();
    }
    group.file().release();
    assertRead(equal(0, 400L), 150);
    assertRead(equal(1, "n400"), 150);
  }
}
