package io.frazil.engine.parquet;

import static org.apache.parquet.schema.LogicalTypeAnnotation.decimalType;
import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.plan.ScanColumn;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Random files of all types, in every encoding that parquet-java writes, come back as they were
/// written: whole, and filtered.
class EncodingsTest {
  /// A column: how it is declared, a random stored value, and what that is to SQL.
  record Kind(
      PrimitiveTypeName stored,
      int length,
      @Nullable LogicalTypeAnnotation meaning,
      Function<Random, Object> value,
      Function<Object, Object> expected) {}

  static final List<Kind> KINDS =
      List.of(
          kind(PrimitiveTypeName.BOOLEAN, null, Random::nextBoolean, v -> v),
          kind(PrimitiveTypeName.INT32, null, Random::nextInt, v -> (long) (int) v),
          kind(PrimitiveTypeName.INT64, null, Random::nextLong, v -> v),
          kind(PrimitiveTypeName.FLOAT, null, r -> r.nextFloat(), v -> (double) (float) v),
          kind(PrimitiveTypeName.DOUBLE, null, Random::nextDouble, v -> v),
          kind(
              PrimitiveTypeName.BINARY,
              stringType(),
              EncodingsTest::text,
              v -> ((Binary) v).toStringUsingUTF8()),
          kind(
              PrimitiveTypeName.INT32,
              LogicalTypeAnnotation.intType(8, true),
              r -> r.nextInt(-128, 128),
              v -> (long) (int) v),
          kind(
              PrimitiveTypeName.INT32,
              LogicalTypeAnnotation.intType(32, false),
              Random::nextInt,
              v -> Integer.toUnsignedLong((int) v)),
          kind(
              PrimitiveTypeName.INT32,
              LogicalTypeAnnotation.dateType(),
              r -> r.nextInt(20_000),
              v -> (long) (int) v),
          kind(
              PrimitiveTypeName.INT64,
              LogicalTypeAnnotation.timestampType(false, TimeUnit.MICROS),
              Random::nextLong,
              v -> v),
          kind(
              PrimitiveTypeName.INT64,
              LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS),
              r -> (long) r.nextInt(),
              v -> (long) v * 1000),
          kind(
              PrimitiveTypeName.INT32,
              decimalType(2, 9),
              r -> r.nextInt(1_000_000),
              v -> new BigDecimal(BigInteger.valueOf((int) v), 2)),
          kind(
              PrimitiveTypeName.INT64,
              decimalType(4, 18),
              r -> r.nextLong(1_000_000_000_000L),
              v -> new BigDecimal(BigInteger.valueOf((long) v), 4)),
          kind(
              PrimitiveTypeName.BINARY,
              decimalType(0, 38),
              r -> Binary.fromConstantByteArray(new BigInteger(r.nextInt(120), r).toByteArray()),
              v -> new BigDecimal(new BigInteger(((Binary) v).getBytes()), 0)),
          new Kind(
              PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY,
              7,
              decimalType(3, 16),
              r -> Binary.fromConstantByteArray(fixed(r, 7)),
              v -> new BigDecimal(new BigInteger(((Binary) v).getBytes()), 3)),
          new Kind(
              PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY,
              16,
              decimalType(10, 38),
              r -> Binary.fromConstantByteArray(fixed(r, 16)),
              v -> new BigDecimal(new BigInteger(((Binary) v).getBytes()), 10)));

  private static Kind kind(
      PrimitiveTypeName stored,
      @Nullable LogicalTypeAnnotation meaning,
      Function<Random, Object> value,
      Function<Object, Object> expected) {
    return new Kind(stored, 0, meaning, value, expected);
  }

  private static Object text(Random random) {
    var text = new StringBuilder();
    int length = random.nextInt(10) == 0 ? random.nextInt(200) : random.nextInt(12);
    for (int i = 0; i < length; i++) {
      text.append(random.nextInt(20) == 0 ? 'ß' : (char) ('a' + random.nextInt(4)));
    }
    return Binary.fromString(text.toString());
  }

  private static byte[] fixed(Random random, int length) {
    byte[] bytes = new byte[length];
    byte[] value = BigInteger.valueOf(random.nextLong() >> random.nextInt(16, 64)).toByteArray();
    Arrays.fill(bytes, (byte) (value[0] >> 7));
    int size = Math.min(value.length, length);
    System.arraycopy(value, value.length - size, bytes, length - size, size);
    return bytes;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void whatWasWrittenIsRead(long seed) {
    var random = new Random(seed);
    var store = new MemoryStore();
    List<List<@Nullable Object>> expected = write(store, random);

    assertThat(new Scans(store).rows("f")).as("seed %d", seed).isEqualTo(expected);
    assertThat(store.open.get()).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
  void filteredRowsAreThoseOfAFullReadThatPass(long seed) {
    var random = new Random(seed);
    var store = new MemoryStore();
    List<List<@Nullable Object>> all = write(store, random);
    List<ScanColumn> columns = Scans.columns(store, "f");
    for (int i = 0; i < 12; i++) {
      List<Expression> filters = filters(random, columns, all);
      List<List<@Nullable Object>> expected =
          all.stream().filter(row -> PlainFilter.passes(filters, row)).toList();
      assertThat(new Scans(store).rows("f", filters.toArray(Expression[]::new)))
          .as("seed %d, filters %s", seed, filters)
          .isEqualTo(expected);
    }
  }

  private static List<Expression> filters(
      Random random, List<ScanColumn> columns, List<List<@Nullable Object>> rows) {
    var filters = new ArrayList<Expression>();
    int count = random.nextInt(1, 4);
    while (filters.size() < count && !rows.isEmpty()) {
      int index = random.nextInt(columns.size());
      ScanColumn column = columns.get(index);
      var reference = new Expression.Column(index, column.name(), column.type(), column.nullable());
      Object value = rows.get(random.nextInt(rows.size())).get(index);
      if (value == null) {
        filters.add(
            random.nextBoolean()
                ? new Expression.IsNull(reference)
                : new Expression.Not(new Expression.IsNull(reference)));
      } else {
        ComparisonOperator[] operators = ComparisonOperator.values();
        filters.add(
            new Expression.Comparison(
                operators[random.nextInt(operators.length)],
                reference,
                new Expression.Literal(value, column.type())));
      }
    }
    return filters;
  }

  /// Writes a random file "f"; gives its rows as SQL sees them.
  static List<List<@Nullable Object>> write(MemoryStore store, Random random) {
    boolean optional = random.nextBoolean();
    var fields = new ArrayList<org.apache.parquet.schema.Type>();
    for (int i = 0; i < KINDS.size(); i++) {
      Kind kind = KINDS.get(i);
      fields.add(
          Types.primitive(kind.stored(), optional ? Repetition.OPTIONAL : Repetition.REQUIRED)
              .length(kind.length())
              .as(kind.meaning())
              .named("c" + i));
    }
    int size = new int[] {0, 1, 100, 5000, 20_000}[random.nextInt(5)];
    var columns = new ArrayList<List<@Nullable Object>>();
    for (Kind kind : KINDS) {
      columns.add(column(kind, random, size, optional));
    }
    var rows = new ArrayList<@Nullable Object[]>();
    var expected = new ArrayList<List<@Nullable Object>>();
    for (int row = 0; row < size; row++) {
      var values = new @Nullable Object[KINDS.size()];
      var seen = new ArrayList<@Nullable Object>();
      for (int c = 0; c < values.length; c++) {
        Object value = columns.get(c).get(row);
        values[c] = value;
        seen.add(value == null ? null : KINDS.get(c).expected().apply(value));
      }
      rows.add(values);
      expected.add(seen);
    }
    CompressionCodecName codec =
        List.of(
                CompressionCodecName.UNCOMPRESSED,
                CompressionCodecName.SNAPPY,
                CompressionCodecName.ZSTD,
                CompressionCodecName.GZIP)
            .get(random.nextInt(4));
    boolean dictionary = random.nextInt(3) > 0;
    boolean streams = random.nextInt(3) == 0;
    var version = random.nextBoolean() ? WriterVersion.PARQUET_1_0 : WriterVersion.PARQUET_2_0;
    int pageRows = random.nextInt(10, 3000);
    long groupBytes = random.nextInt(4) == 0 ? 50_000 : 1 << 24;
    int dictionaryBytes = random.nextInt(2) == 0 ? 2000 : 1 << 20;
    store.put(
        "f",
        TestFile.write(
            new MessageType("m", fields),
            rows,
            b ->
                b.withCompressionCodec(codec)
                    .withDictionaryEncoding(dictionary)
                    .withDictionaryPageSize(dictionaryBytes)
                    .withByteStreamSplitEncoding(streams)
                    .withWriterVersion(version)
                    .withPageRowCountLimit(pageRows)
                    .withRowGroupSize(groupBytes)));
    return expected;
  }

  /// Values in runs, from few or many different ones, with or without nulls.
  private static List<@Nullable Object> column(
      Kind kind, Random random, int size, boolean optional) {
    int distinct = List.of(1, 2, 7, 300, Integer.MAX_VALUE).get(random.nextInt(5));
    var pool = new ArrayList<Object>();
    for (int i = 0; i < Math.min(distinct, 300); i++) {
      pool.add(kind.value().apply(random));
    }
    double nulls = optional ? List.of(0.0, 0.02, 0.5, 1.0).get(random.nextInt(4)) : 0;
    int longest = random.nextBoolean() ? 1 : random.nextInt(2, 40);
    var values = new ArrayList<@Nullable Object>();
    while (values.size() < size) {
      boolean isNull = random.nextDouble() < nulls;
      Object value =
          distinct == Integer.MAX_VALUE
              ? kind.value().apply(random)
              : pool.get(random.nextInt(pool.size()));
      int run = Math.min(random.nextInt(longest) + 1, size - values.size());
      for (int i = 0; i < run; i++) {
        values.add(isNull ? null : value);
      }
    }
    if (random.nextInt(3) == 0) {
      // Sorted, so that pages and row groups have bounds apart from each other.
      values.sort(
          Comparator.nullsLast(
              Comparator.comparing(v -> kind.expected().apply(v), EncodingsTest::compare)));
    }
    return values;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static int compare(Object a, Object b) {
    return ((Comparable) a).compareTo(b);
  }
}
