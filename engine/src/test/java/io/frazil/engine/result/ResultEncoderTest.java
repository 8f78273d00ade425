package io.frazil.engine.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.frazil.engine.arrow.ArrowBatchReader;
import io.frazil.engine.memory.MemoryPool;
import io.frazil.engine.parquet.write.DuckDb;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Field;
import io.frazil.engine.type.Schema;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.BatchBuilder;
import io.frazil.engine.vector.BatchReader;
import io.frazil.engine.vector.RandomBatches;
import io.frazil.engine.vector.VectorValues;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultEncoderTest {
  private static final Schema SCHEMA =
      Schema.of(
          new Field("a", Types.BIGINT, true),
          new Field("b,c", Types.VARCHAR, true),
          new Field("d", Types.decimal(10, 2), true),
          new Field("e", Types.DOUBLE, true),
          new Field("f", Types.DATE, true),
          new Field("g", Types.TIMESTAMP, true),
          new Field("h", Types.BOOLEAN, true));

  private static final Batch ROWS =
      new BatchBuilder(SCHEMA)
          .row(1, "plain", new BigDecimal("1.50"), 0.5, 0, 1_500_000, true)
          .row(null, null, null, null, null, null, null)
          .row(-2, "", new BigDecimal("-0.05"), Double.NaN, -1, -1_000_000, false)
          .row(3, "a \"quoted\",\n\\ text\u0001", 0, 1e20, 19_000, 0, true)
          .build();

  private final MemoryPool memory = new MemoryPool(128 << 20);

  @TempDir Path folder;

  @AfterEach
  void everythingWasGivenBack() {
    assertThat(memory.used()).isZero();
  }

  @Test
  void csvQuotesWhatNeedsIt() {
    assertThat(text(ResultFormat.CSV, SCHEMA, List.of(ROWS)))
        .isEqualTo(
            """
            a,"b,c",d,e,f,g,h
            1,plain,1.50,0.5,1970-01-01,1970-01-01 00:00:01.5,true
            ,,,,,,
            -2,"",-0.05,NaN,1969-12-31,1969-12-31 23:59:59,false
            3,"a ""quoted"",
            \\ text\u0001",0.00,1e20,2022-01-08,1970-01-01 00:00:00,true
            """);
  }

  @Test
  void jsonIsOneArray() {
    assertThat(text(ResultFormat.JSON, SCHEMA, List.of(ROWS)))
        .startsWith(
            """
            [
            {"a":1,"b,c":"plain","d":1.50,"e":0.5,"f":"1970-01-01",\
            "g":"1970-01-01T00:00:01.5","h":true},
            {"a":null,"b,c":null,"d":null,"e":null,"f":null,"g":null,"h":null},
            """)
        .endsWith("\"h\":true}\n]\n");
    assertThat(text(ResultFormat.JSON, SCHEMA, List.of())).isEqualTo("[\n]\n");
  }

  @Test
  void ndjsonIsALineEach() {
    String[] lines = text(ResultFormat.NDJSON, SCHEMA, List.of(ROWS)).split("\n", -1);
    assertThat(lines).hasSize(5);
    assertThat(lines[2])
        .isEqualTo(
            "{\"a\":-2,\"b,c\":\"\",\"d\":-0.05,\"e\":\"NaN\",\"f\":\"1969-12-31\","
                + "\"g\":\"1969-12-31T23:59:59\",\"h\":false}");
    assertThat(lines[3]).contains("\"a \\\"quoted\\\",\\n\\\\ text\\u0001\"").contains(":1e20,");
    assertThat(lines[4]).isEmpty();
  }

  @Test
  void anEmptyResultHasItsHeader() {
    assertThat(text(ResultFormat.CSV, SCHEMA, List.of())).isEqualTo("a,\"b,c\",d,e,f,g,h\n");
    assertThat(text(ResultFormat.NDJSON, SCHEMA, List.of())).isEmpty();
  }

  @Test
  void jsonOfEveryTypeIsReadBack() throws IOException {
    List<Batch> batches = new RandomBatches(1).batches(RandomBatches.ALL_TYPES, 3);
    var mapper =
        JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    JsonNode array = mapper.readTree(bytes(ResultFormat.JSON, RandomBatches.ALL_TYPES, batches));
    List<List<Object>> rows = rows(batches);
    assertThat(array).hasSize(rows.size());
    for (int row = 0; row < rows.size(); row++) {
      for (int column = 0; column < RandomBatches.ALL_TYPES.size(); column++) {
        Field field = RandomBatches.ALL_TYPES.field(column);
        Object expected = rows.get(row).get(column);
        JsonNode node = array.get(row).get(field.name());
        assertThat(matches(expected, node, field.type())).as("%s is %s", expected, node).isTrue();
      }
    }
  }

  @Test
  void arrowAndParquetAreReadBack() throws IOException, SQLException {
    List<Batch> batches = new RandomBatches(2).batches(RandomBatches.ALL_TYPES, 3);
    byte[] arrow = bytes(ResultFormat.ARROW, RandomBatches.ALL_TYPES, batches);
    try (var reader = ArrowBatchReader.ofStream("arrow", new ByteArrayInputStream(arrow), memory)) {
      var rows = new ArrayList<List<Object>>();
      for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
        rows.addAll(VectorValues.rows(batch));
      }
      assertThat(rows).isEqualTo(rows(batches));
    }
    Path file = folder.resolve("result.parquet");
    Files.write(file, bytes(ResultFormat.PARQUET, RandomBatches.ALL_TYPES, batches));
    assertThat(DuckDb.read(file.toString(), RandomBatches.ALL_TYPES)).isEqualTo(rows(batches));
  }

  @Test
  void csvIsReadBackByAnotherEngine() throws IOException, SQLException {
    List<Batch> batches = new RandomBatches(3).batches(SCHEMA, 3);
    Path file = folder.resolve("result.csv");
    Files.write(file, bytes(ResultFormat.CSV, SCHEMA, batches));
    String columns =
        "{'a': 'BIGINT', 'b': 'VARCHAR', 'd': 'DECIMAL(10,2)', 'e': 'DOUBLE', 'f': 'DATE',"
            + " 'g': 'VARCHAR', 'h': 'BOOLEAN'}";
    List<List<Object>> rows =
        DuckDb.query(
            ("SELECT a, b, d, e, f, h FROM read_csv('%s', header = true, auto_detect = false,"
                    + " delim = ',', quote = '\"', escape = '\"', columns = %s,"
                    + " allow_quoted_nulls = false)")
                .formatted(file, columns));
    List<List<Object>> expected = rows(batches);
    expected.forEach(row -> row.remove(5));
    assertThat(rows).isEqualTo(expected);
  }

  private static boolean matches(Object value, JsonNode node, DataType type) {
    return switch (value) {
      case null -> node.isNull();
      case Boolean b -> node.isBoolean() && node.booleanValue() == b;
      case BigDecimal d -> node.isNumber() && node.decimalValue().equals(d);
      case Float f -> Float.isFinite(f) ? node.isNumber() : node.textValue().equals(f.toString());
      case Double d ->
          Double.isFinite(d)
              ? node.isNumber() && node.doubleValue() == d
              : node.textValue().equals(d.toString());
      case Number n -> node.isNumber() && node.longValue() == n.longValue();
      case String s -> s.equals(node.textValue());
      default -> node.isTextual() && !type.isNumeric();
    };
  }

  private String text(ResultFormat format, Schema schema, List<Batch> batches) {
    return new String(bytes(format, schema, batches), StandardCharsets.UTF_8);
  }

  private byte[] bytes(ResultFormat format, Schema schema, List<Batch> batches) {
    var out = new ByteArrayOutputStream();
    long rows =
        ResultEncoder.encode(new ListReader(batches.iterator()), schema, format, out, memory);
    assertThat(rows).isEqualTo(batches.stream().mapToLong(Batch::rows).sum());
    return out.toByteArray();
  }

  private static List<List<Object>> rows(List<Batch> batches) {
    var rows = new ArrayList<List<Object>>();
    batches.forEach(batch -> rows.addAll(VectorValues.rows(batch)));
    return rows;
  }

  private record ListReader(Iterator<Batch> batches) implements BatchReader {
    @Override
    public Batch next() {
      return batches.hasNext() ? batches.next() : null;
    }

    @Override
    public void close() {}
  }
}
