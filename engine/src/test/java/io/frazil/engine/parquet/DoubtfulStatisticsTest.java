package io.frazil.engine.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Column;
import io.frazil.engine.expression.Expression.Comparison;
import io.frazil.engine.expression.Expression.IsNull;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.type.Types;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.function.Consumer;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Statistics that cannot be right, or that are known to be wrong: no row is lost by them.
class DoubtfulStatisticsTest {
  private static final int ROWS = 10;

  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          "message m { optional int64 n; optional binary name (STRING); }");

  private static final Expression SEVENTH =
      new Comparison(
          ComparisonOperator.EQUAL,
          new Column(0, "n", Types.BIGINT, true),
          new Literal(7L, Types.BIGINT));
  private static final Expression NAME_OF_SEVENTH =
      new Comparison(
          ComparisonOperator.EQUAL,
          new Column(1, "name", Types.VARCHAR, true),
          new Literal("name 7", Types.VARCHAR));
  private static final Expression NULL = new IsNull(new Column(0, "n", Types.BIGINT, true));

  private final MemoryStore store = new MemoryStore();
  private final Scans scans = new Scans(store);

  /// Numbers with a null as the first, and their names, in a single row group and page.
  private void write(Consumer<FileMetaData> footer) {
    var rows = new ArrayList<@Nullable Object[]>();
    for (int i = 0; i < ROWS; i++) {
      rows.add(new Object[] {i == 0 ? null : (long) i, Binary.fromString("name " + i)});
    }
    byte[] file = TestFile.write(SCHEMA, rows, b -> b);
    store.put(
        "f",
        Rewritten.footer(
            file,
            f -> {
              f.getRow_groups()
                  .forEach(g ->
                      g.getColumns()
                          .forEach(c -> {
                            c.unsetColumn_index_offset();
                            c.unsetColumn_index_length();
                          }));
              footer.accept(f);
            }));
  }

  private static Statistics statistics(FileMetaData footer, int column) {
    return footer
        .getRow_groups()
        .getFirst()
        .getColumns()
        .get(column)
        .getMeta_data()
        .getStatistics();
  }

  private static byte[] int64(long value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsRightPrunes() {
    write(f -> {
      statistics(f, 0).setNull_count(0);
      statistics(f, 0).setMax_value(int64(6));
    });

    assertThat(scans.rows("f", SEVENTH)).isEmpty();
    assertThat(scans.rows("f", NULL)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {ROWS, ROWS + 1, -1})
  void aCountOfNullsThatTheRestContradictsIsNotBelievedNorIsTheRest(long nulls) {
    write(f -> {
      statistics(f, 0).setNull_count(nulls);
      statistics(f, 0).setMax_value(int64(6));
    });

    assertThat(scans.rows("f", SEVENTH)).hasSize(1);
    assertThat(scans.rows("f", NULL)).hasSize(1);
  }

  @Test
  void boundsTheWrongWayRoundAreNotBelieved() {
    write(f -> {
      statistics(f, 0).setMin_value(int64(9));
      statistics(f, 0).setMax_value(int64(1));
    });

    assertThat(scans.rows("f", SEVENTH)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "parquet-cpp version 1.5.1-SNAPSHOT",
        "parquet-cpp-arrow version 0.17.1",
        "parquet-cpp-arrow version 8.0.0",
        "parquet-cpp-arrow version 11.0.0-SNAPSHOT",
      })
  void aFileWithoutNullsByAWriterThatDidNotCountThemMayHaveSome(String writer) {
    write(f -> {
      f.setCreated_by(writer);
      statistics(f, 0).setNull_count(0);
      statistics(f, 1).setMax_value(text("name 5"));
    });

    assertThat(scans.rows("f", NULL)).hasSize(1);
    assertThat(scans.rows("f", NAME_OF_SEVENTH)).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "parquet-cpp-arrow version 12.0.0",
        "parquet-cpp-arrow version 21.0.0 (build 1)",
        "parquet-mr version 1.10.1 (build x)",
        "DuckDB version v1.4.0 (build x)",
      })
  void otherWritersAreBelieved(String writer) {
    write(f -> {
      f.setCreated_by(writer);
      statistics(f, 0).setNull_count(0);
      statistics(f, 1).setMax_value(text("name 5"));
    });

    assertThat(scans.rows("f", NULL)).isEmpty();
    assertThat(scans.rows("f", NAME_OF_SEVENTH)).isEmpty();
  }

  @Test
  void numbersOfAWriterThatDidNotCountNullsStillPrune() {
    write(f -> {
      f.setCreated_by("parquet-cpp-arrow version 8.0.0");
      statistics(f, 0).setNull_count(1);
      statistics(f, 0).setMax_value(int64(6));
    });

    assertThat(scans.rows("f", SEVENTH)).isEmpty();
    assertThat(scans.rows("f", NULL)).hasSize(1);
  }
}
