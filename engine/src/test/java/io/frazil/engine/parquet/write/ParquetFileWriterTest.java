package io.frazil.engine.parquet.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.store.LocalObjectStore;
import io.frazil.engine.store.ObjectWriter;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchBuilder;
import io.frazil.engine.vector.RandomBatches;
import io.frazil.engine.vector.VectorValues;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetFileWriterTest {
  private final MemoryPool memory = new MemoryPool(256 << 20);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Compression.class)
  void everyTypeIsReadBack(Compression compression) throws SQLException {
    List<Batch> batches =
        new RandomBatches(compression.ordinal()).batches(RandomBatches.ALL_TYPES, 6);
    String file = file("all");
    WrittenFile written =
        write(
            file,
            RandomBatches.ALL_TYPES,
            ParquetWriteOptions.DEFAULT.withCompression(compression),
            batches);

    assertThat(written.rows()).isEqualTo(batches.stream().mapToInt(Batch::rows).sum());
    assertThat(DuckDb.read(file, RandomBatches.ALL_TYPES)).isEqualTo(rows(batches));
    assertThat(memory.used()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13, 14})
  void everyLayoutIsReadBack(long seed) throws SQLException {
    List<Batch> batches = new RandomBatches(seed).batches(RandomBatches.ALL_TYPES, 3);
    List<ParquetWriteOptions> layouts =
        List.of(
            ParquetWriteOptions.DEFAULT.withDictionaryBytes(0),
            ParquetWriteOptions.DEFAULT.withDictionaryBytes(200),
            ParquetWriteOptions.DEFAULT.withRowGroups(1000, 1 << 20).withPages(100, 1 << 20),
            ParquetWriteOptions.DEFAULT.withRowGroups(1 << 20, 1).withPages(1 << 20, 1000));
    for (int i = 0; i < layouts.size(); i++) {
      String file = file(seed + "-" + i);
      write(file, RandomBatches.ALL_TYPES, layouts.get(i), batches);
      assertThat(DuckDb.read(file, RandomBatches.ALL_TYPES))
          .as("seed %d, layout %s", seed, layouts.get(i))
          .isEqualTo(rows(batches));
    }
  }

  @Test
  void aFileWithoutRowsIsReadable() throws SQLException {
    WrittenFile written =
        write(file("empty"), RandomBatches.ALL_TYPES, ParquetWriteOptions.DEFAULT, List.of());
    assertThat(written.rows()).isZero();
    assertThat(written.splitOffsets()).isEmpty();
    assertThat(written.columns().getFirst()).isEqualTo(new WrittenColumn(0, 0, 0, 0, null, null));
    assertThat(DuckDb.read(file("empty"), RandomBatches.ALL_TYPES)).isEmpty();
  }

  @Test
  void rowGroupsOfOneRow() throws SQLException {
    Schema schema = Schema.of(new Field("a", Types.BIGINT, true));
    Batch batch = new BatchBuilder(schema).row(1).row((Object) null).row(3).build();
    WrittenFile written =
        write(
            file("ones"),
            schema,
            ParquetWriteOptions.DEFAULT.withRowGroups(1, 1 << 20),
            List.of(batch));
    assertThat(written.splitOffsets()).hasSize(3).startsWith(4L).isSorted();
    assertThat(DuckDb.read(file("ones"), schema)).isEqualTo(rows(List.of(batch)));
  }

  @Test
  void statisticsSayWhatTheFileHolds() {
    Schema schema =
        Schema.of(
            new Field("i", Types.INTEGER, true),
            new Field("d", Types.DOUBLE, true),
            new Field("m", Types.decimal(30, 2), false),
            new Field("s", Types.VARCHAR, true),
            new Field("n", Types.DOUBLE, true),
            new Field("z", Types.REAL, false));
    Batch batch =
        new BatchBuilder(schema)
            .row(5, Double.NaN, new BigDecimal("-1.50"), "b", null, 0.0f)
            .row(null, 2.5, new BigDecimal("99999999999999999999.01"), "", Double.NaN, -0.0f)
            .row(-7, -3.0, new BigDecimal("0.00"), "ä", Double.NaN, 0.0f)
            .build();
    List<WrittenColumn> columns =
        write(file("s"), schema, ParquetWriteOptions.DEFAULT.withPages(1, 1000), List.of(batch))
            .columns();

    assertThat(columns).extracting(WrittenColumn::values).containsOnly(3L);
    assertThat(columns).extracting(WrittenColumn::nulls).containsExactly(1L, 0L, 0L, 0L, 1L, 0L);
    assertThat(columns).extracting(WrittenColumn::nans).containsExactly(0L, 1L, 0L, 0L, 2L, 0L);
    assertThat(columns)
        .extracting(WrittenColumn::lower)
        .containsExactly(
            new Literal(-7L, Types.INTEGER),
            new Literal(-3.0, Types.DOUBLE),
            new Literal(new BigDecimal("-1.50"), Types.decimal(30, 2)),
            new Literal("", Types.VARCHAR),
            null,
            new Literal(-0.0, Types.REAL));
    assertThat(columns)
        .extracting(WrittenColumn::upper)
        .containsExactly(
            new Literal(5L, Types.INTEGER),
            new Literal(2.5, Types.DOUBLE),
            new Literal(new BigDecimal("99999999999999999999.01"), Types.decimal(30, 2)),
            new Literal("ä", Types.VARCHAR),
            null,
            new Literal(0.0, Types.REAL));
  }

  @Test
  void longTextHasShortBounds() {
    Schema schema = Schema.of(new Field("s", Types.VARCHAR, false));
    Batch batch = new BatchBuilder(schema).row("a".repeat(70)).row("é".repeat(70)).build();
    WrittenColumn column =
        write(file("t"), schema, ParquetWriteOptions.DEFAULT, List.of(batch)).columns().getFirst();
    assertThat(column.lower()).isEqualTo(new Literal("a".repeat(64), Types.VARCHAR));
    assertThat(column.upper()).isEqualTo(new Literal("é".repeat(31) + "ê", Types.VARCHAR));
  }

  @Test
  void aDictionaryIsUsedWhereItPays() throws SQLException {
    Schema schema =
        Schema.of(new Field("few", Types.VARCHAR, false), new Field("many", Types.BIGINT, false));
    var builder = new BatchBuilder(schema);
    for (int i = 0; i < 20_000; i++) {
      builder.row("value " + i % 3, i * 7L);
    }
    write(file("d"), schema, ParquetWriteOptions.DEFAULT, builder.batches());
    assertThat(DuckDb.query("SELECT encodings FROM parquet_metadata('" + file("d") + "')"))
        .containsExactly(List.of("PLAIN, RLE, RLE_DICTIONARY"), List.of("PLAIN, RLE"));
  }

  @Test
  void fieldIdsAndMetadataAreInTheFooter() throws SQLException {
    Schema schema =
        Schema.of(new Field("a", Types.BIGINT, false), new Field("b", Types.DATE, true));
    write(
        file("f"),
        schema,
        ParquetWriteOptions.DEFAULT.withFieldIds(List.of(7, 3)).withMetadata(Map.of("k", "v")),
        List.of(new BatchBuilder(schema).row(1, 2).build()));
    assertThat(
            DuckDb.query(
                "SELECT name, field_id FROM parquet_schema('%s') WHERE name <> 'table'"
                    .formatted(file("f"))))
        .containsExactly(List.of("a", 7L), List.of("b", 3L));
    assertThat(
            DuckDb.query(
                "SELECT key::VARCHAR, value::VARCHAR FROM parquet_kv_metadata('%s')"
                    .formatted(file("f"))))
        .containsExactly(List.of("k", "v"));
    assertThatThrownBy(() ->
            write(
                file("g"), schema, ParquetWriteOptions.DEFAULT.withFieldIds(List.of(7)), List.of()))
        .hasMessage("1 field ids for 2 columns");
  }

  @Test
  void aNullWhereNoneMayBeIsRefused() {
    Schema schema = Schema.of(new Field("a", Types.BIGINT, false));
    Batch batch = new BatchBuilder(schema).row((Object) null).build();
    assertThatThrownBy(() -> write(file("n"), schema, ParquetWriteOptions.DEFAULT, List.of(batch)))
        .hasMessage("column 'a' is not nullable, but a row to be written has null there");
    assertThat(memory.used()).isZero();
  }

  @Test
  void whatIsHeldIsReserved() {
    Schema schema = Schema.of(new Field("a", Types.BIGINT, false));
    var random = new RandomBatches(3);
    var small = new MemoryPool(100_000);
    try (ObjectWriter out = new LocalObjectStore().create(file("m"));
        var writer = new ParquetFileWriter(out, schema, ParquetWriteOptions.DEFAULT, small)) {
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 100; i++) {
                  writer.write(random.batch(schema, 4096));
                }
              })
          .hasMessageStartingWith("Parquet writer needs ");
    }
    assertThat(small.used()).isZero();
  }

  private String file(String name) {
    return folder.resolve(name + ".parquet").toString();
  }

  private WrittenFile write(
      String file, Schema schema, ParquetWriteOptions options, List<Batch> batches) {
    try (ObjectWriter out = new LocalObjectStore().create(file);
        var writer = new ParquetFileWriter(out, schema, options, memory)) {
      batches.forEach(writer::write);
      WrittenFile written = writer.finish();
      assertThat(out.position()).isEqualTo(written.bytes());
      assertThat(out.commit()).isTrue();
      return written;
    }
  }

  private static List<List<Object>> rows(List<Batch> batches) {
    var rows = new ArrayList<List<Object>>();
    batches.forEach(batch -> rows.addAll(VectorValues.rows(batch)));
    return rows;
  }
}
