package io.frazil.engine.function.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.function.AggregateFunction;
import io.frazil.engine.function.AggregateFunction.Accumulator;
import io.frazil.engine.function.FunctionRegistry;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.DoubleVector;
import io.frazil.engine.vector.Int128Vector;
import io.frazil.engine.vector.LongVector;
import io.frazil.engine.vector.Rows;
import io.frazil.engine.vector.StringVector;
import io.frazil.engine.vector.Vector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BuiltInAggregatesTest {
  private static final FunctionRegistry FUNCTIONS =
      BuiltInAggregates.register(FunctionRegistry.empty());
  private static final DataType MONEY = Types.decimal(15, 2);

  @Test
  void sumOfIntegersOverflowsOnlyAtTheEnd() {
    Accumulator sum = accumulator("sum", Types.BIGINT);
    add(sum, longs(Types.BIGINT, Long.MAX_VALUE, Long.MAX_VALUE, 5));
    assertThatThrownBy(() -> sum.result(0, 1))
        .isInstanceOfSatisfying(
            FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.NUMERIC_OVERFLOW))
        .hasMessage("The result of sum is too large for bigint");
    add(sum, longs(Types.BIGINT, Long.MIN_VALUE, Long.MIN_VALUE));
    assertThat(longOf(sum.result(0, 1))).isEqualTo(3);
  }

  @Test
  void sumOfSmallestIntegersIsExact() {
    Accumulator sum = accumulator("sum", Types.BIGINT);
    for (int i = 0; i < 3; i++) {
      add(sum, longs(Types.BIGINT, Long.MIN_VALUE));
    }
    add(sum, longs(Types.BIGINT, Long.MAX_VALUE, Long.MAX_VALUE, 4));
    assertThat(longOf(sum.result(0, 1))).isEqualTo(Long.MIN_VALUE + 2);
  }

  @Test
  void sumOfDecimalsGoesToThirtyEightDigits() {
    DataType type = Types.decimal(38, 0);
    Accumulator sum = accumulator("sum", type);
    // 5 * 10^37
    var half =
        new Int128Vector(
            type, new long[] {0x259da6542d43623dL}, new long[] {0x04c5112000000000L}, 1, null);
    add(sum, half);
    assertThat(sum.result(0, 1)).isInstanceOf(Int128Vector.class);
    add(sum, half);
    assertThatThrownBy(() -> sum.result(0, 1))
        .hasMessage("The result of sum is too large for decimal(38,0)");
    add(sum, longs(type, -1));
    assertThat(sum.result(0, 1)).isInstanceOf(Int128Vector.class);
    add(sum, half);
    assertThatThrownBy(() -> add(sum, half))
        .hasMessage("A sum is beyond 128 bits, the most that can be computed");
  }

  @Test
  void averageOfDecimalsRoundsHalfAwayFromZero() {
    assertThat(average(1, 0, 0)).isEqualTo(3333);
    assertThat(average(2, 0, 0)).isEqualTo(6667);
    assertThat(average(-2, 0, 0)).isEqualTo(-6667);
    assertThat(longOf(result("avg", longs(Types.decimal(6, 6), 1, 0)))).isEqualTo(5000);
    long[] many = new long[32_000];
    many[0] = 1;
    assertThat(average(many)).isZero();
    many[1] = 1;
    assertThat(average(many)).isEqualTo(1);
    many[1] = -3;
    assertThat(average(many)).isEqualTo(-1);
  }

  @Test
  void averageOfIntegersIsTheNearestDouble() {
    Vector values = longs(Types.BIGINT, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 3);
    assertThat(doubleOf(result("avg", values))).isEqualTo((double) (Long.MAX_VALUE - 1));
    assertThat(doubleOf(result("avg", longs(Types.BIGINT, 1, 2)))).isEqualTo(1.5);
  }

  @Test
  void sumOfDoublesCarriesItsErrors() {
    assertThat(doubleOf(result("sum", doubles(1, 1e100, 1, -1e100)))).isEqualTo(2);
    assertThat(doubleOf(result("sum", doubles(1, Double.POSITIVE_INFINITY)))).isInfinite();
    assertThat(doubleOf(result("sum", doubles(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY))))
        .isNaN();
    assertThat(doubleOf(result("avg", doubles(1e308, 1e308)))).isInfinite();
  }

  @Test
  void nanIsGreatest() {
    Vector values = doubles(1, Double.NaN, Double.POSITIVE_INFINITY, -3, -0.5);
    assertThat(doubleOf(result("max", values))).isNaN();
    assertThat(doubleOf(result("min", values))).isEqualTo(-3);
    assertThat(doubleOf(result("min", doubles(Double.NaN)))).isNaN();
  }

  @Test
  void extremesOfTextSurviveReplacement() {
    Accumulator max = accumulator("max", Types.VARCHAR);
    for (int i = 0; i < 2000; i++) {
      add(max, text("x".repeat(i % 700), "w"));
    }
    assertThat(((StringVector) max.result(0, 1)).text(0)).isEqualTo("x".repeat(699));
    assertThat(max.bytes()).isLessThan(10_000);
  }

  @Test
  void singleValueRejectsASecondRow() {
    Accumulator single = accumulator("single_value", Types.BIGINT);
    add(single, longs(Types.BIGINT, 4));
    assertThat(longOf(single.result(0, 1))).isEqualTo(4);
    assertThatThrownBy(() -> add(single, longs(Types.BIGINT, 4)))
        .isInstanceOfSatisfying(
            FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SUBQUERY_ROWS))
        .hasMessage("A subquery used as a value returned more than one row");
  }

  @Test
  void singleValueOfNoRowIsNull() {
    assertThat(accumulator("single_value", Types.BIGINT).result(0, 1).isNull(0)).isTrue();
  }

  @Test
  void anyValueIsNotNull() {
    Vector values = longs(Types.BIGINT, 0, 8).withValidity(new long[] {2});
    assertThat(longOf(result("any_value", values))).isEqualTo(8);
  }

  @Test
  void spreadsAgreeWithTheirDefinition() {
    Vector values = doubles(2, 4, 4, 4, 5, 5, 7, 9);
    assertThat(doubleOf(result("var_pop", values))).isEqualTo(4);
    assertThat(doubleOf(result("stddev_pop", values))).isEqualTo(2);
    assertThat(doubleOf(result("var_samp", values))).isEqualTo(32.0 / 7);
    assertThat(doubleOf(result("stddev_samp", values))).isEqualTo(Math.sqrt(32.0 / 7));
    assertThat(result("var_samp", doubles(1)).isNull(0)).isTrue();
    assertThat(result("var_pop", doubles(1)).isNull(0)).isFalse();
  }

  @Test
  void spreadsOfVeryLargeValuesAreNumbers() {
    assertThat(doubleOf(result("var_pop", doubles(1e200)))).isZero();
    assertThat(doubleOf(result("stddev_pop", doubles(-1e300)))).isZero();
    assertThat(doubleOf(result("var_samp", doubles(1e200, 1e200)))).isZero();
    assertThat(doubleOf(result("var_pop", doubles(1e200, -1e200)))).isInfinite();
    assertThat(doubleOf(result("var_pop", doubles(Double.POSITIVE_INFINITY)))).isNaN();
    assertThat(doubleOf(result("var_pop", doubles(Double.NaN)))).isNaN();
  }

  @Test
  void spreadOfAPartOfVeryLargeValuesMerges() {
    Accumulator part = accumulator("var_pop", Types.DOUBLE);
    add(part, doubles(1e307, 1e307, 1e307, 1e307, 1e307, 1e307, 1e307, 1e307, 1e307, 1e307));
    for (int i = 0; i < 4; i++) {
      add(part, doubles(1e307, 1e307, 1e307, 1e307, 1e307, 1e307, 1e307, 1e307, 1e307, 1e307));
    }
    Accumulator whole = accumulator("var_pop", Types.DOUBLE);
    whole.resize(1);
    whole.merge(new int[] {0}, part.state(0, 1), Rows.all(1));
    assertThat(doubleOf(whole.result(0, 1))).isZero();
  }

  @Test
  void spreadsOfPartsMerge() {
    Accumulator whole = accumulator("var_samp", Types.DOUBLE);
    for (Vector part : List.of(doubles(2, 4, 4), doubles(4, 5, 5, 7, 9))) {
      Accumulator accumulator = accumulator("var_samp", Types.DOUBLE);
      add(accumulator, part);
      whole.merge(new int[1], accumulator.state(0, 1), Rows.all(1));
    }
    assertThat(doubleOf(whole.result(0, 1))).isEqualTo(32.0 / 7);
  }

  @Test
  void typesAreChecked() {
    assertThat(function("sum").resolve(List.of(Types.VARCHAR))).isEmpty();
    assertThat(function("bool_and").resolve(List.of(Types.BIGINT))).isEmpty();
    assertThat(function("min").resolve(List.of())).isEmpty();
    assertThat(function("sum").resolve(List.of(MONEY)).orElseThrow().result())
        .isEqualTo(Types.decimal(38, 2));
    assertThat(function("avg").resolve(List.of(MONEY)).orElseThrow().result())
        .isEqualTo(Types.decimal(38, 6));
    assertThat(function("sum").resolve(List.of(Types.SMALLINT)).orElseThrow().result())
        .isEqualTo(Types.BIGINT);
  }

  private static long average(long... cents) {
    return longOf(result("avg", longs(MONEY, cents)));
  }

  private static AggregateFunction function(String name) {
    return FUNCTIONS.requireAggregate(name);
  }

  private static Accumulator accumulator(String name, DataType type) {
    Accumulator accumulator = function(name).accumulator(List.of(type));
    accumulator.resize(1);
    return accumulator;
  }

  private static void add(Accumulator accumulator, Vector values) {
    accumulator.update(new int[values.length()], new Vector[] {values}, Rows.all(values.length()));
  }

  private static Vector result(String name, Vector values) {
    Accumulator accumulator = accumulator(name, values.type());
    add(accumulator, values);
    return accumulator.result(0, 1);
  }

  private static Vector longs(DataType type, long... values) {
    return new LongVector(type, values, values.length, null);
  }

  private static Vector doubles(double... values) {
    return new DoubleVector(Types.DOUBLE, values, values.length, null);
  }

  private static Vector text(String... values) {
    byte[] bytes = String.join("", values).getBytes(StandardCharsets.UTF_8);
    int[] lengths = Arrays.stream(values).mapToInt(String::length).toArray();
    int[] starts = new int[values.length];
    for (int i = 1; i < starts.length; i++) {
      starts[i] = starts[i - 1] + lengths[i - 1];
    }
    return new StringVector(Types.VARCHAR, bytes, starts, lengths, starts.length, null);
  }

  private static long longOf(Vector vector) {
    return ((LongVector) vector).values()[0];
  }

  private static double doubleOf(Vector vector) {
    return ((DoubleVector) vector).values()[0];
  }
}
