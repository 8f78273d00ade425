package io.frazil.engine.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.plan.ScanColumn;
import io.frazil.engine.plan.Split;
import io.frazil.engine.provider.ScanPlan;
import io.frazil.engine.provider.ScanRequest;
import io.frazil.engine.provider.Statistic;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetTableTest {
  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          "message m { required int64 id = 1; optional binary name (STRING) = 2; }");

  private final MemoryStore store = new MemoryStore();

  private void write(String location, MessageType schema, @Nullable Object[]... rows) {
    store.put(location, TestFile.write(schema, List.of(rows), b -> b));
  }

  private void writeTwo() {
    write("t/a.parquet", SCHEMA, row(1L, "one"), row(2L, null));
    write("t/b.parquet", SCHEMA, row(10L, "ten"), row(30L, "thirty"));
    write("t/c.txt", SCHEMA, row(99L, "not one of them"));
  }

  private static @Nullable Object[] row(long id, @Nullable String name) {
    return new @Nullable Object[] {id, name == null ? null : Binary.fromString(name)};
  }

  private List<List<@Nullable Object>> read(ParquetTable table, Expression... filters) {
    List<Integer> all = List.of(0, 1);
    ScanPlan plan = table.scan(new ScanRequest(all, List.of(filters), null));
    return new Scans(store)
        .rows(
            table.columns(),
            all,
            List.of(filters),
            plan.splits().stream().map(s -> (Split.Parquet) s).toList());
  }

  @Test
  void aPatternReadsAllFilesThatMatch() {
    writeTwo();
    var table = ParquetTable.at(store, "t/*.parquet");

    assertThat(table.schema()).hasToString("Schema[fields=[id bigint not null, name varchar]]");
    assertThat(read(table)).extracting(List::getFirst).containsExactly(1L, 2L, 10L, 30L);
    assertThat(read(ParquetTable.at(store, "t/"))).hasSize(4);
    assertThat(read(ParquetTable.at(store, "t/b.parquet"))).hasSize(2);
    assertThat(store.open.get()).isZero();
  }

  @Test
  void statisticsComeFromTheFooters() {
    writeTwo();
    var statistics = ParquetTable.at(store, "t/*.parquet").statistics();

    assertThat(statistics.rows()).isEqualTo(Statistic.exact(4));
    assertThat(statistics.columns().getFirst().min()).isEqualTo(new Literal(1L, Types.BIGINT));
    assertThat(statistics.columns().getFirst().max()).isEqualTo(new Literal(30L, Types.BIGINT));
    assertThat(statistics.columns().getFirst().boundsExact()).isTrue();
    assertThat(statistics.columns().get(1).min()).isEqualTo(new Literal("one", Types.VARCHAR));
    assertThat(statistics.columns().get(1).nulls()).isEqualTo(Statistic.exact(1));
  }

  @Test
  void filesThatCannotHaveARowArePruned() {
    writeTwo();
    var table = ParquetTable.at(store, "t/*.parquet");
    Expression filter =
        new Expression.Comparison(
            ComparisonOperator.GREATER,
            new Expression.Column(0, "id", Types.BIGINT, false),
            new Literal(5L, Types.BIGINT));

    ScanPlan plan = table.scan(new ScanRequest(List.of(0), List.of(filter), null));

    assertThat(plan.files()).isEqualTo(2);
    assertThat(plan.filesPruned()).isEqualTo(1);
    assertThat(plan.splits())
        .singleElement()
        .satisfies(s -> assertThat(((Split.Parquet) s).location()).isEqualTo("t/b.parquet"));
    assertThat(read(table, filter)).hasSize(2);
  }

  @Test
  void aFileThatChangedSinceFailsTheScan() {
    writeTwo();
    var table = ParquetTable.at(store, "t/*.parquet");
    write("t/b.parquet", SCHEMA, row(11L, "ten"), row(31L, "thirty"));

    assertThatThrownBy(() -> read(table))
        .hasMessage("'t/b.parquet' was changed since the query was planned")
        .extracting(e -> ((FrazilException) e).code())
        .isEqualTo(ErrorCode.FILE_CHANGED);
  }

  @Test
  void aPatternThatNothingMatchesIsNamed() {
    writeTwo();
    assertThatThrownBy(() -> ParquetTable.at(store, "t/*.orc"))
        .hasMessage("no file matches 't/*.orc'")
        .extracting(e -> ((FrazilException) e).code())
        .isEqualTo(ErrorCode.FILE_NOT_FOUND);
    assertThatThrownBy(() -> ParquetTable.at(store, "t/x.parquet"))
        .hasMessage("'t/x.parquet' does not exist");
  }

  @Test
  void filesOfOtherColumnsAreRefused() {
    writeTwo();
    write(
        "t/d.parquet",
        MessageTypeParser.parseMessageType(
            "message m { required int32 id; optional binary name (STRING); }"),
        new Object[] {1, Binary.fromString("x")});
    assertThatThrownBy(() -> ParquetTable.at(store, "t/*.parquet"))
        .hasMessage(
            "The files' columns differ: column 'id' is bigint in 't/a.parquet', but integer in"
                + " 't/d.parquet'");
    write(
        "t/d.parquet",
        MessageTypeParser.parseMessageType("message m { required int64 id; }"),
        new Object[] {1L});
    assertThatThrownBy(() -> ParquetTable.at(store, "t/*.parquet"))
        .hasMessage(
            "The files' columns differ: 't/a.parquet' has a column 'name', 't/d.parquet' has"
                + " none");
  }

  @Test
  void columnsOfOtherTypesAreKnownByName() {
    var schema =
        MessageTypeParser.parseMessageType(
            "message m { required int64 id; optional group place { required double x; }"
                + " optional binary raw; repeated int32 many;"
                + " optional int64 t (TIME(MICROS,true)); }");
    write("f", schema, new @Nullable Object[] {1L, null, null, null, null});
    var table = ParquetTable.at(store, "f");

    assertThat(table.schema().fields()).extracting(f -> f.name()).containsExactly("id");
    assertThat(table.unsupportedColumns())
        .isEqualTo(Map.of("place", "struct", "raw", "binary", "many", "list", "t", "int64 (time)"));
    assertThatThrownBy(() ->
            new Scans(store)
                .rows(
                    "f",
                    List.of(new ScanColumn("raw", Types.VARCHAR, true, null, List.of("raw"), null)),
                    List.of(0),
                    List.of()))
        .hasMessage("column 'raw' of type binary is not supported yet ('f')");
  }

  @Test
  void columnsAreFoundByIdAndPromotedAndMayBeMissing() {
    write("f", SCHEMA, row(1L, "one"), row(2L, null));
    store.put(
        "g",
        TestFile.write(
            org.apache.parquet.schema.Types.buildMessage()
                .required(PrimitiveTypeName.INT32)
                .as(LogicalTypeAnnotation.decimalType(2, 5))
                .id(7)
                .named("price")
                .required(PrimitiveTypeName.INT32)
                .id(8)
                .named("count")
                .required(PrimitiveTypeName.FLOAT)
                .id(9)
                .named("weight")
                .named("m"),
            List.of(new Object[] {12345, -3, 0.5f}, new Object[] {1, 4, 2.5f}),
            b -> b));
    var columns =
        List.of(
            new ScanColumn("cost", Types.decimal(30, 2), false, 7, List.of(), null),
            new ScanColumn("n", Types.BIGINT, false, 8, List.of(), null),
            new ScanColumn("w", Types.DOUBLE, false, 9, List.of(), null),
            new ScanColumn("new", Types.VARCHAR, true, 10, List.of("price"), null),
            new ScanColumn(
                "grade", Types.VARCHAR, true, 11, List.of(), new Literal("A", Types.VARCHAR)),
            new ScanColumn("day", Types.DATE, true, 12, List.of(), null));
    long size = store.head("g").size();
    var split =
        new Split.Parquet("g", 0, size, size, null, Map.of(12, new Literal(100L, Types.DATE)));

    var rows =
        new ArrayList<>(
            new Scans(store).rows(columns, List.of(0, 1, 2, 3, 4, 5), List.of(), List.of(split)));

    assertThat(rows).hasSize(2);
    assertThat(rows.getFirst())
        .isEqualTo(Arrays.asList(new BigDecimal("123.45"), -3L, 0.5, null, "A", 100L));
    assertThatThrownBy(() ->
            new Scans(store)
                .rows(
                    "g",
                    List.of(new ScanColumn("n", Types.DATE, false, 8, List.of(), null)),
                    List.of(0),
                    List.of()))
        .hasMessage("column 'n' is integer in 'g', but date in its table");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TIMESTAMP(MICROS,true)", "TIMESTAMP(MILLIS,true)", "TIMESTAMP_MICROS"})
  void whetherATimestampHasAZoneIsForTheTableFormatToSay(String stored) {
    byte[] file =
        TestFile.write(
            MessageTypeParser.parseMessageType(
                "message m { required int64 t (%s) = 1; }".formatted(stored)),
            List.<@Nullable Object[]>of(new Object[] {7_000L}),
            b -> b);
    boolean older = stored.equals("TIMESTAMP_MICROS");
    store.put(
        "f", older ? Rewritten.footer(file, f -> f.getSchema().get(1).unsetLogicalType()) : file);
    long micros = stored.contains("MILLIS") ? 7_000_000L : 7_000L;
    var local = new DataType.Timestamp(6, false);

    assertThat(
            new Scans(store)
                .rows(
                    "f",
                    List.of(new ScanColumn("t", local, false, 1, List.of("t"), null)),
                    List.of(0),
                    List.of()))
        .containsExactly(List.of(micros));
    assertThatThrownBy(() ->
            new Scans(store)
                .rows(
                    "f",
                    List.of(new ScanColumn("t", local, false, null, List.of("t"), null)),
                    List.of(0),
                    List.of()))
        .isInstanceOf(FrazilException.class)
        .hasMessageContaining("timestamp");
  }
}
