package io.frazil.engine.evaluate;

import static io.frazil.engine.evaluate.Values.cast;
import static io.frazil.engine.evaluate.Values.literal;
import static io.frazil.engine.evaluate.Values.text;
import static io.frazil.engine.evaluate.Values.tryCast;
import static io.frazil.engine.evaluate.Values.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CastTest {
  private static final DataType NANOS = new DataType.Timestamp(9, false);

  /// From text to a type, to another and back to text.
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          ' 12 '; integer; bigint; 12
          -128; tinyint; tinyint; -128
          +7; smallint; double; 7.0
          9223372036854775807; bigint; decimal(19,0); 9223372036854775807
          -9223372036854775808; bigint; bigint; -9223372036854775808
          2.5; decimal(3,1); integer; 3
          -2.5; decimal(3,1); bigint; -3
          2.5; double; integer; 2
          3.5; double; integer; 4
          1e3; decimal(6,2); decimal(6,2); 1000.00
          1.005; decimal(4,2); decimal(4,2); 1.01
          -0.005; decimal(4,2); decimal(4,2); -0.01
          12.34; decimal(4,2); decimal(6,4); 12.3400
          12.35; decimal(4,2); decimal(3,1); 12.4
          12.35; decimal(4,2); double; 12.35
          0.1; real; double; 0.10000000149011612
          0.1; real; decimal(10,9); 0.100000000
          0.1; double; decimal(20,18); 0.100000000000000000
          1e20; double; double; 1e20
          123456789012345; double; double; 123456789012345.0
          0.00001; double; double; 1e-5
          0.001; double; double; 0.001
          -0; double; double; -0.0
          nan; double; double; NaN
          -Infinity; double; real; -Infinity
          true; boolean; integer; 1
          off; boolean; boolean; false
          2; integer; boolean; true
          99999999999999999999999999999999999999; decimal(38,0); decimal(38,0); \
          99999999999999999999999999999999999999
          12345678901234567890.5; decimal(30,1); double; 1.2345678901234567e19
          2024-2-9; date; timestamp; 2024-02-09 00:00:00
          2024-02-09T10:20:30.123456789Z; timestamp(9); timestamp; 2024-02-09 10:20:30.123456
          1969-12-31 23:59:59.999999; timestamp; date; 1969-12-31
          2024-02-09 01:00:00+02:00; timestamp; timestamp; 2024-02-08 23:00:00
          2024-02-09 01:00+02; date; date; 2024-02-08
          0001-01-01; date; date; 0001-01-01
          -0044-03-15; date; date; -0044-03-15
          +12024-02-09; date; date; +12024-02-09
          +5881580-07-11; date; date; +5881580-07-11
          2262-04-11 23:47:16.854775807; timestamp(9); timestamp(9); \
          2262-04-11 23:47:16.854775807
          1677-09-21 00:12:43.145224192; timestamp(9); timestamp(9); \
          1677-09-21 00:12:43.145224192
          2024-02-09 10:20; timestamp with time zone; timestamp with time zone; \
          2024-02-09 10:20:00+00
          """)
  void textGoesToTypeAndOnAndBack(String from, String first, String second, String expected) {
    var there = cast(cast(text(from), DataType.parse(first)), DataType.parse(second));
    assertThat(value(cast(there, Types.VARCHAR))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      textBlock =
          """
          abc; integer; Cannot cast 'abc' to integer
          ''; integer; Cannot cast '' to integer
          -; bigint; Cannot cast '-' to bigint
          1.5; integer; Cannot cast '1.5' to integer
          128; tinyint; Cannot cast '128' to tinyint: out of range
          9223372036854775808; bigint; Cannot cast '9223372036854775808' to bigint: out of range
          1d; double; Cannot cast '1d' to double
          x; decimal(4,2); Cannot cast 'x' to decimal(4,2)
          99.995; decimal(4,2); Cannot cast '99.995' to decimal(4,2): out of range
          1e999999999; decimal(4,2); Cannot cast '1e999999999' to decimal(4,2): out of range
          2023-02-29; date; Cannot cast '2023-02-29' to date
          2023-02-28 25:00; timestamp; Cannot cast '2023-02-28 25:00' to timestamp
          +5881580-07-12; date; Cannot cast '+5881580-07-12' to date: out of range
          2262-04-11 23:47:16.854775808; timestamp(9); \
          Cannot cast '2262-04-11 23:47:16.854775808' to timestamp(9): out of range
          1677-09-21 00:12:43.145224191; timestamp(9); \
          Cannot cast '1677-09-21 00:12:43.145224191' to timestamp(9): out of range
          maybe; boolean; Cannot cast 'maybe' to boolean
          """)
  void badTextIsQuotedOrNull(String from, String type, String message) {
    assertThatThrownBy(() -> value(cast(text(from), DataType.parse(type)))).hasMessage(message);
    assertThat(value(tryCast(text(from), DataType.parse(type)))).isNull();
  }

  @Test
  void numbersOutOfRangeAreErrorsOrNull() {
    var half = literal(2147483647.5, Types.DOUBLE);
    assertThatThrownBy(() -> value(cast(half, Types.INTEGER)))
        .hasMessage("Cannot cast 2147483647.5 to integer: out of range");
    assertThat(value(tryCast(half, Types.INTEGER))).isNull();
    assertThatThrownBy(() -> value(cast(literal(Double.NaN, Types.DOUBLE), Types.BIGINT)))
        .hasMessage("Cannot cast NaN to bigint: out of range");
    assertThatThrownBy(() -> value(cast(literal((long) Integer.MAX_VALUE, Types.DATE), NANOS)))
        .hasMessage("Cannot cast date +5881580-07-11 to timestamp(9): out of range");
    assertThatThrownBy(() -> value(cast(literal(100L, Types.BIGINT), Types.decimal(4, 2))))
        .hasMessage("Cannot cast 100 to decimal(4,2): out of range");
    assertThat(value(cast(literal(-99L, Types.BIGINT), Types.decimal(4, 2))))
        .isEqualTo(new BigDecimal("-99.00"));
  }

  @Test
  void failedRowsBecomeNullsAmongOthers() {
    Batch batch = Batch.of(3, Values.vector(Types.VARCHAR, "1", "x", null));
    assertThat(Values.evaluate(tryCast(Values.column(0, Types.VARCHAR), Types.INTEGER), batch))
        .containsExactly(1L, null, null);
  }

  @Test
  void unreferencedEntryOfDictionaryRaisesNothing() {
    var dictionary = Values.dictionary(Types.VARCHAR, List.of("1", "2", "1"), "x");
    assertThat(
            Values.evaluate(
                cast(Values.column(0, Types.VARCHAR), Types.INTEGER), Batch.of(3, dictionary)))
        .containsExactly(1L, 2L, 1L);
  }

  @Test
  void datesAreNoNumbers() {
    assertThatThrownBy(() -> value(cast(literal(0L, Types.DATE), Types.INTEGER)))
        .hasMessage("Cannot cast date to integer");
  }
}
