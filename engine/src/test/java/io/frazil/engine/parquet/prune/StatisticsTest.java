package io.frazil.engine.parquet.prune;

import static org.assertj.core.api.Assertions.assertThat;

import io.frazil.engine.expression.ComparisonOperator;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.expression.Expression.Literal;
import io.frazil.engine.parquet.decode.Conversion;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.parquet.format.BoundaryOrder;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.junit.jupiter.api.Test;

/// What statistics that writers left allow to prune, by the rules of `parquet.thrift`.
class StatisticsTest {
  private static final long ROWS = 100;

  private static final StoredValue TEXT =
      new StoredValue(Type.BYTE_ARRAY, Conversion.NONE, Types.VARCHAR);
  private static final StoredValue INTEGER =
      new StoredValue(Type.INT32, Conversion.NONE, Types.INTEGER);
  private static final StoredValue UNSIGNED =
      new StoredValue(Type.INT32, Conversion.UNSIGNED_INT_TO_LONG, Types.BIGINT);
  private static final StoredValue DOUBLE =
      new StoredValue(Type.DOUBLE, Conversion.NONE, Types.DOUBLE);
  private static final StoredValue FLOAT = new StoredValue(Type.FLOAT, Conversion.NONE, Types.REAL);

  private final Statistics statistics = new Statistics();
  private boolean ordered = true;
  private boolean optional = true;

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] int32(int value) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
  }

  private static byte[] float64(double value) {
    return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private void bounds(byte[] min, byte[] max) {
    statistics.setMin_value(min);
    statistics.setMax_value(max);
  }

  private boolean reads(StoredValue value, ComparisonOperator operator, Object literal) {
    return reads(
        value,
        new Expression.Comparison(
            operator, column(value.type()), new Literal(literal, value.type())));
  }

  private boolean reads(StoredValue value, Expression conjunct) {
    Bounds bounds = StatisticsBounds.of(statistics, value, ROWS, optional, ordered);
    return Pruner.mightPass(List.of(conjunct), _ -> bounds);
  }

  private static Expression column(DataType type) {
    return new Expression.Column(0, "x", type, true);
  }

  @Test
  void textBoundsThatWereCutAreBoundsAllTheSame() {
    // Of 'abc' to 'azz': the upper one was cut to 'a' and made greater.
    bounds(text("ab"), text("b"));
    statistics.setIs_min_value_exact(false);
    statistics.setIs_max_value_exact(false);

    assertThat(reads(TEXT, ComparisonOperator.EQUAL, "aba")).isTrue();
    assertThat(reads(TEXT, ComparisonOperator.EQUAL, "azzz")).isTrue();
    assertThat(reads(TEXT, ComparisonOperator.EQUAL, "b")).isTrue();
    assertThat(reads(TEXT, ComparisonOperator.EQUAL, "aa")).isFalse();
    assertThat(reads(TEXT, ComparisonOperator.EQUAL, "ba")).isFalse();
    assertThat(reads(TEXT, ComparisonOperator.LESS, "ab")).isFalse();
    assertThat(reads(TEXT, ComparisonOperator.GREATER_OR_EQUAL, "b")).isTrue();
    assertThat(reads(TEXT, ComparisonOperator.GREATER, "b")).isFalse();
  }

  @Test
  void textBoundsThatWereCutWithinACharacterAreComparedAsBytes() {
    // The first byte of 'é' to that of 'ö' made greater.
    bounds(bytes(0xC3), bytes(0xC4));

    assertThat(reads(TEXT, ComparisonOperator.EQUAL, "ä")).isTrue();
    assertThat(reads(TEXT, ComparisonOperator.EQUAL, "z")).isFalse();
    assertThat(reads(TEXT, ComparisonOperator.EQUAL, "ł")).isFalse();
  }

  @Test
  void textIsOrderedByUnsignedBytes() {
    bounds(text("a"), text("é"));

    assertThat(reads(TEXT, ComparisonOperator.EQUAL, "z")).isTrue();
    assertThat(reads(TEXT, ComparisonOperator.GREATER, "z")).isTrue();
    assertThat(reads(TEXT, ComparisonOperator.EQUAL, "ö")).isFalse();
  }

  @Test
  void decimalsOfFixedLengthAreSigned() {
    var decimal =
        new StoredValue(Type.FIXED_LEN_BYTE_ARRAY, Conversion.BYTES_TO_LONG, Types.decimal(4, 2));
    bounds(bytes(0xFF, 0x9C), bytes(0x00, 0xFF));

    assertThat(reads(decimal, ComparisonOperator.EQUAL, new BigDecimal("-1.00"))).isTrue();
    assertThat(reads(decimal, ComparisonOperator.EQUAL, new BigDecimal("0.00"))).isTrue();
    assertThat(reads(decimal, ComparisonOperator.EQUAL, new BigDecimal("2.55"))).isTrue();
    assertThat(reads(decimal, ComparisonOperator.EQUAL, new BigDecimal("-1.01"))).isFalse();
    assertThat(reads(decimal, ComparisonOperator.GREATER, new BigDecimal("2.55"))).isFalse();
  }

  @Test
  void decimalsOfVaryingLengthAreComparedAsNumbers() {
    var decimal =
        new StoredValue(Type.BYTE_ARRAY, Conversion.BYTES_TO_INT128, Types.decimal(38, 2));
    bounds(bytes(0xFF), bytes(0x00, 0xFF));

    assertThat(reads(decimal, ComparisonOperator.EQUAL, new BigDecimal("-0.01"))).isTrue();
    assertThat(reads(decimal, ComparisonOperator.EQUAL, new BigDecimal("2.55"))).isTrue();
    assertThat(reads(decimal, ComparisonOperator.EQUAL, new BigDecimal("2.56"))).isFalse();
    assertThat(reads(decimal, ComparisonOperator.LESS, new BigDecimal("-0.01"))).isFalse();
  }

  @Test
  void aBoundThatIsNaNSpoilsBoth() {
    for (byte[][] pair :
        new byte[][][] {
          {float64(Double.NaN), float64(1)},
          {float64(0), float64(Double.NaN)},
        }) {
      bounds(pair[0], pair[1]);
      statistics.setNan_count(0);

      assertThat(reads(DOUBLE, ComparisonOperator.LESS, -1.0)).isTrue();
      assertThat(reads(DOUBLE, ComparisonOperator.GREATER, 2.0)).isTrue();
    }
  }

  @Test
  void aNaNMayBeAboveTheUpperBoundUnlessTheyWereCounted() {
    bounds(float64(1), float64(4));

    assertThat(reads(DOUBLE, ComparisonOperator.GREATER, 5.0)).isTrue();
    assertThat(reads(DOUBLE, ComparisonOperator.EQUAL, Double.NaN)).isTrue();
    assertThat(reads(DOUBLE, ComparisonOperator.LESS, 1.0)).isFalse();

    statistics.setNan_count(1);
    assertThat(reads(DOUBLE, ComparisonOperator.GREATER, 5.0)).isTrue();

    statistics.setNan_count(0);
    assertThat(reads(DOUBLE, ComparisonOperator.GREATER, 5.0)).isFalse();
    assertThat(reads(DOUBLE, ComparisonOperator.EQUAL, Double.NaN)).isFalse();
  }

  @Test
  void aBoundOfOneZeroHoldsForTheOther() {
    bounds(float64(0.0), float64(0.0));
    statistics.setNan_count(0);
    assertThat(reads(DOUBLE, ComparisonOperator.EQUAL, -0.0)).isTrue();
    assertThat(reads(DOUBLE, ComparisonOperator.LESS_OR_EQUAL, -0.0)).isTrue();
    assertThat(reads(DOUBLE, ComparisonOperator.LESS, 0.0)).isFalse();

    bounds(float64(-1.0), float64(-0.0));
    assertThat(reads(DOUBLE, ComparisonOperator.EQUAL, 0.0)).isTrue();
    assertThat(reads(DOUBLE, ComparisonOperator.GREATER_OR_EQUAL, 0.0)).isTrue();
    assertThat(reads(DOUBLE, ComparisonOperator.GREATER, -0.0)).isFalse();
  }

  @Test
  void unsignedIntegersAreOrderedSo() {
    bounds(int32(1), int32(-1));

    assertThat(reads(UNSIGNED, ComparisonOperator.EQUAL, 3_000_000_000L)).isTrue();
    assertThat(reads(UNSIGNED, ComparisonOperator.GREATER_OR_EQUAL, 4_294_967_295L)).isTrue();
    assertThat(reads(UNSIGNED, ComparisonOperator.GREATER, 4_294_967_295L)).isFalse();
    assertThat(reads(UNSIGNED, ComparisonOperator.EQUAL, 0L)).isFalse();
  }

  @Test
  void theOldBoundsAreBelievedOfSignedIntegersOnly() {
    statistics.setMin(int32(1));
    statistics.setMax(int32(5));
    assertThat(reads(INTEGER, ComparisonOperator.EQUAL, 5L)).isTrue();
    assertThat(reads(INTEGER, ComparisonOperator.EQUAL, 6L)).isFalse();
    assertThat(reads(UNSIGNED, ComparisonOperator.EQUAL, 6L)).isTrue();

    statistics.setMin(text("b"));
    statistics.setMax(text("c"));
    assertThat(reads(TEXT, ComparisonOperator.EQUAL, "a")).isTrue();

    statistics.setMin(float64(1));
    statistics.setMax(float64(2));
    assertThat(reads(DOUBLE, ComparisonOperator.EQUAL, 0.0)).isTrue();
  }

  @Test
  void theNewBoundsCountWhereThereAreBoth() {
    statistics.setMin(int32(1));
    statistics.setMax(int32(5));
    bounds(int32(3), int32(5));

    assertThat(reads(INTEGER, ComparisonOperator.EQUAL, 2L)).isFalse();
  }

  @Test
  void boundsInAnOrderThatIsNotKnownSayNothing() {
    bounds(int32(1), int32(5));
    ordered = false;
    assertThat(reads(INTEGER, ComparisonOperator.EQUAL, 6L)).isTrue();

    // The order of the old ones goes by the type.
    statistics.setMin(int32(1));
    statistics.setMax(int32(5));
    assertThat(reads(INTEGER, ComparisonOperator.EQUAL, 6L)).isFalse();
  }

  @Test
  void nullsThatWereNotCountedMayBe() {
    Expression isNull = new Expression.IsNull(column(Types.INTEGER));
    bounds(int32(1), int32(5));
    assertThat(reads(INTEGER, isNull)).isTrue();

    statistics.setNull_count(0);
    assertThat(reads(INTEGER, isNull)).isFalse();

    statistics.unsetNull_count();
    optional = false;
    assertThat(reads(INTEGER, isNull)).isFalse();
  }

  @Test
  void ofNothingButNullsNoComparisonIsTrue() {
    statistics.setNull_count(ROWS);

    assertThat(reads(INTEGER, ComparisonOperator.EQUAL, 1L)).isFalse();
    assertThat(reads(INTEGER, ComparisonOperator.NOT_EQUAL, 1L)).isFalse();
    assertThat(reads(INTEGER, ComparisonOperator.DISTINCT, 1L)).isTrue();
    assertThat(reads(INTEGER, new Expression.IsNull(column(Types.INTEGER)))).isTrue();
    assertThat(reads(INTEGER, new Expression.Not(new Expression.IsNull(column(Types.INTEGER)))))
        .isFalse();
  }

  @Test
  void boundsOfTheWrongSizeSayNothing() {
    bounds(bytes(1), bytes(5));
    assertThat(reads(INTEGER, ComparisonOperator.EQUAL, 6L)).isTrue();
    assertThat(reads(FLOAT, ComparisonOperator.LESS, 0.0)).isTrue();
  }

  @Test
  void pagesOfNothingButNullsHaveNoBounds() {
    var index =
        new ColumnIndex(
            List.of(true, false),
            List.of(ByteBuffer.wrap(new byte[0]), ByteBuffer.wrap(int32(1))),
            List.of(ByteBuffer.wrap(new byte[0]), ByteBuffer.wrap(int32(5))),
            BoundaryOrder.ASCENDING);

    assertThat(StatisticsBounds.of(index, INTEGER, 2, true, true))
        .containsExactly(Bounds.NULL, new Bounds(1L, 5L, true, true));
    index.setNull_counts(List.of(7L, 0L));
    assertThat(StatisticsBounds.of(index, INTEGER, 2, true, true))
        .containsExactly(Bounds.NULL, new Bounds(1L, 5L, false, true));
    assertThat(StatisticsBounds.of(index, INTEGER, 2, true, false))
        .containsExactly(Bounds.NULL, new Bounds(null, null, false, true));
    assertThat(StatisticsBounds.of(index, INTEGER, 3, true, true)).isEmpty();
  }

  @Test
  void pagesWhoseBoundsContradictThemselvesHaveNone() {
    var index =
        new ColumnIndex(
            List.of(true, false, true, false),
            List.of(wrap(int32(1)), wrap(int32(5)), wrap(new byte[0]), wrap(int32(2))),
            List.of(wrap(int32(3)), wrap(int32(1)), wrap(new byte[0]), wrap(int32(3))),
            BoundaryOrder.UNORDERED);
    index.setNull_counts(List.of(7L, 0L, 0L, -1L));

    assertThat(StatisticsBounds.of(index, INTEGER, 4, true, true))
        .containsExactly(
            Bounds.UNKNOWN, new Bounds(null, null, false, true), Bounds.UNKNOWN, Bounds.UNKNOWN);
  }

  private static ByteBuffer wrap(byte[] bytes) {
    return ByteBuffer.wrap(bytes);
  }

  @Test
  void aColumnWithoutNullsHasValuesWhateverIsCounted() {
    optional = false;
    statistics.setNull_count(ROWS);

    assertThat(reads(INTEGER, ComparisonOperator.EQUAL, 6L)).isTrue();
  }
}
