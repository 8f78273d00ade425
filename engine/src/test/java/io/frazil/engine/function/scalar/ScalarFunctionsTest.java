package io.frazil.engine.function.scalar;

import static io.frazil.engine.evaluate.Values.FUNCTIONS;
import static io.frazil.engine.evaluate.Values.bigint;
import static io.frazil.engine.evaluate.Values.call;
import static io.frazil.engine.evaluate.Values.cast;
import static io.frazil.engine.evaluate.Values.column;
import static io.frazil.engine.evaluate.Values.decimal;
import static io.frazil.engine.evaluate.Values.evaluate;
import static io.frazil.engine.evaluate.Values.integer;
import static io.frazil.engine.evaluate.Values.literal;
import static io.frazil.engine.evaluate.Values.text;
import static io.frazil.engine.evaluate.Values.value;
import static io.frazil.engine.evaluate.Values.vector;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.frazil.engine.error.ErrorCode;
import io.frazil.engine.error.FrazilException;
import io.frazil.engine.evaluate.Projection;
import io.frazil.engine.expression.Expression;
import io.frazil.engine.kernel.Calendar;
import io.frazil.engine.type.DataType;
import io.frazil.engine.type.Types;
import io.frazil.engine.vector.Batch;
import io.frazil.engine.vector.LongVector;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalarFunctionsTest {
  /// Arguments are texts, or integers where they look like one.
  private static Expression[] arguments(String listed) {
    var arguments = new ArrayList<Expression>();
    for (String one : listed.split("\\|", -1)) {
      arguments.add(
          one.equals("null")
              ? literal(null, Types.VARCHAR)
              : one.matches("-?\\d+") ? bigint(Long.parseLong(one)) : text(one));
    }
    return arguments.toArray(Expression[]::new);
  }

  @ParameterizedTest
  @CsvSource({
    "length, grün, 4",
    "octet_length, grün, 5",
    "strpos, größe|ß, 4",
    "strpos, abc|x, 0",
    "position, 'abc|', 1",
    "starts_with, größe|grö, true",
    "ends_with, größe|öße, true",
    "contains, größe|röß, true",
    "contains, größe|x, false",
    "substring, hello|2|3, ell",
    "substring, hello|2, ello",
    "substring, hello|-2, hello",
    "substring, hello|-1|4, he",
    "substring, hello|0|2, h",
    "substring, größe|3|2, öß",
    "substring, hello|9|2, ''",
    "btrim, '  a b  ', a b",
    "ltrim, xyxa|yx, a",
    "rtrim, aßßx|xß, a",
    "trim, '   ', ''",
    "left, größe|3, grö",
    "left, größe|-2, grö",
    "right, größe|2, ße",
    "right, größe|-3, ße",
    "split_part, a-b-c|-|2, b",
    "split_part, a-b-c|-|-1, c",
    "split_part, a-b-c|-|4, ''",
    "split_part, a-b-c|-|-4, ''",
    "replace, abcabc|bc|X, aXaX",
    "replace, abc||X, abc",
    "reverse, größe, eßörg",
    "repeat, ab|3, ababab",
    "repeat, ab|-1, ''",
    "lpad, hi|5, '   hi'",
    "lpad, hi|5|xß, xßxhi",
    "rpad, hi|5|xy, hixyx",
    "rpad, größe|3, grö",
    "upper, größe, GRÖSSE",
    "upper, abz@[`{, ABZ@[`{",
    "lower, ABZ@[`{É, abz@[`{é",
    "concat_operator, a|b, ab",
    "concat, a|null|b, ab",
  })
  void textFunctionsGive(String function, String arguments, String expected) {
    assertThat(String.valueOf(value(call(function, arguments(arguments))))).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', true",
    "a, '', false",
    "abc, abc, true",
    "abc, a%, true",
    "abc, %c, true",
    "abc, %b%, true",
    "abc, a%c, true",
    "aXbXc, a%b%c, true",
    "ac, a%b%c, false",
    "aa, a%a, true",
    "a, a%a, false",
    "abc, a_c, true",
    "aßc, a_c, true",
    "ac, a_c, false",
    "größe, %_ße, true",
    "größe, _r%ß_, true",
    "xaab, %a_b, true",
    "aXbaYb, a_b%a_b, true",
    "abab, %ab, true",
    "a%c, a\\%c, true",
    "abc, a\\%c, false",
    "a_c, a\\_c, true",
    "ABC, abc, false",
    "hello special packages requests x, %special%requests%, true",
    "hello requests special, %special%requests%, false",
  })
  void likeMatches(String value, String pattern, boolean expected) {
    assertThat(value(call("like", text(value), text(pattern)))).isEqualTo(expected);
    // A pattern that isn't constant goes another way to the same result.
    Batch batch = Batch.of(1, vector(Types.VARCHAR, value), vector(Types.VARCHAR, pattern));
    Expression like = call("like", column(0, Types.VARCHAR), column(1, Types.VARCHAR));
    assertThat(evaluate(like, batch)).containsExactly(expected);
  }

  @Test
  void likeTakesAnotherEscape() {
    assertThat(value(call("like", text("50%"), text("50#%"), text("#")))).isEqualTo(true);
    assertThat(value(call("like", text("50\\x"), text("50\\%"), text("")))).isEqualTo(true);
    assertThatThrownBy(() -> value(call("like", text("a"), text("a\\"))))
        .hasMessage("LIKE pattern 'a\\' must not end with its escape character");
  }

  @Test
  void ilikeIgnoresCase() {
    assertThat(value(call("ilike", text("GRÖSSE"), text("grö%")))).isEqualTo(true);
  }

  @ParameterizedTest
  @CsvSource({
    "ΟΔΟΣ, %Σ, \\, true",
    "ΟΔΟΣ, %οσ, \\, true",
    "οδοΣx, ΟΔΟσ_, \\, true",
    "İ, _, \\, true",
    "aİb, A_B, \\, true",
    "A_B, AX_B, X, true",
    "AyB, AX_B, X, false",
    "aXb, AxXXB, X, false",
    "axb, AXXB, X, true",
  })
  void ilikeFoldsOneCharacterAfterAnother(
      String value, String pattern, String escape, boolean expected) {
    assertThat(value(call("ilike", text(value), text(pattern), text(escape)))).isEqualTo(expected);
    var strings =
        Batch.of(
            1,
            vector(Types.VARCHAR, value),
            vector(Types.VARCHAR, pattern),
            vector(Types.VARCHAR, escape));
    Expression ilike =
        call("ilike", column(0, Types.VARCHAR), column(1, Types.VARCHAR), column(2, Types.VARCHAR));
    assertThat(evaluate(ilike, strings)).containsExactly(expected);
  }

  @Test
  void nullArgumentGivesNull() {
    assertThat(value(call("substring", literal(null, Types.VARCHAR), integer(1)))).isNull();
    assertThat(value(call("concat_operator", text("a"), literal(null, Types.VARCHAR)))).isNull();
    assertThat(value(call("like", text("a"), literal(null, Types.VARCHAR)))).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "abs, -5, 5",
    "signum, -5, -1",
    "ceil, 5, 5",
    "abs, -1.50, 1.50",
    "signum, -1.50, -1",
    "ceil, 1.01, 2",
    "ceil, -1.99, -1",
    "floor, -1.01, -2",
    "trunc, -1.99, -1",
    "round, 2.50, 3",
    "round, -2.50, -3",
    "round, 2.49, 2",
    "round, 99.99, 100",
    "abs, -12345678901234567890123456789.5, 12345678901234567890123456789.5",
    "round, 12345678901234567890123456789.5, 12345678901234567890123456790",
  })
  void roundingGives(String function, String argument, String expected) {
    Expression number =
        argument.contains(".") ? decimal(argument) : integer(Long.parseLong(argument));
    assertThat(String.valueOf(value(call(function, number)))).isEqualTo(expected);
  }

  @Test
  void roundingKeepsDigits() {
    assertThat(value(call("round", decimal("2.345"), integer(2)))).isEqualTo(dec("2.350"));
    assertThat(value(call("round", decimal("-2.345"), integer(2)))).isEqualTo(dec("-2.350"));
    assertThat(value(call("trunc", decimal("2.349"), integer(2)))).isEqualTo(dec("2.340"));
    assertThat(value(call("round", decimal("1250.5"), integer(-2)))).isEqualTo(dec("1300.0"));
    assertThat(value(call("round", decimal("1250.5"), integer(9)))).isEqualTo(dec("1250.5"));
    assertThat(value(call("round", decimal("1250.5"), integer(-90)))).isEqualTo(dec("0.0"));
    assertThat(value(call("round", literal(2.345, Types.DOUBLE), integer(1)))).isEqualTo(2.3);
    assertThat(value(call("round", literal(-2.5, Types.DOUBLE)))).isEqualTo(-3.0);
    assertThat(value(call("round", literal(0.49999999999999994, Types.DOUBLE)))).isEqualTo(0.0);
  }

  @ParameterizedTest
  @CsvSource({
    "round, 100000, -5, 100000",
    "round, 149999, -5, 100000",
    "round, 150000, -5, 200000",
    "round, -123456, -2, -123500",
    "round, 5e22, -23, 1e23",
    "round, 1e300, -400, 0",
    "trunc, 100000, -5, 100000",
    "trunc, 199999, -5, 100000",
    "trunc, -199999, -5, -100000",
    "trunc, 7, -1, 0",
  })
  void doublesAreRoundedToDigitsBeforeThePoint(
      String function, double value, long digits, double expected) {
    assertThat(value(call(function, literal(value, Types.DOUBLE), integer(digits))))
        .isEqualTo(expected);
  }

  @Test
  void smallestIntegerHasNoAbsoluteValue() {
    assertThatThrownBy(() -> value(call("abs", bigint(Long.MIN_VALUE))))
        .hasMessage("9223372036854775808 is out of range for bigint");
    assertThatThrownBy(() -> value(call("abs", integer(Integer.MIN_VALUE))))
        .hasMessage("2147483648 is out of range for integer");
  }

  @Test
  void doublesFollowIeee() {
    assertThat(value(call("sqrt", literal(-1.0, Types.DOUBLE)))).isEqualTo(Double.NaN);
    assertThat(value(call("power", integer(2), integer(10)))).isEqualTo(1024.0);
    assertThat(value(call("ln", literal(0.0, Types.DOUBLE)))).isEqualTo(Double.NEGATIVE_INFINITY);
  }

  @Test
  void modKeepsTheDividendsSign() {
    assertThat(value(call("mod", integer(-7), integer(3)))).isEqualTo(-1L);
    assertThat(value(call("mod", decimal("-7.5"), decimal("2.25")))).isEqualTo(dec("-0.75"));
    assertThatThrownBy(() -> value(call("mod", bigint(1), bigint(0))))
        .hasMessage("Division by zero: 1 % 0");
  }

  @Test
  void modOfWideDecimalsIsAsNarrowAsItsType() {
    DataType wide = Types.decimal(38, 2);
    BigDecimal large = dec("123456789012345678901234567890.12");
    var numbers =
        Batch.of(
            3,
            vector(wide, large, null, large.negate()),
            vector(Types.decimal(4, 2), List.of(dec("7.00"), dec("7.00"), dec("11.00"))));
    Expression mod = call("mod", column(0, wide), column(1, Types.decimal(4, 2)));
    assertThat(mod.type()).isEqualTo(Types.decimal(4, 2));
    Batch result = Projection.compile(List.of(mod), FUNCTIONS).evaluate(numbers);
    assertThat(result.column(0)).isInstanceOf(LongVector.class);
    assertThat(evaluate(mod, numbers))
        .containsExactly(
            large.remainder(dec("7.00")), null, large.negate().remainder(dec("11.00")));
  }

  @Test
  void singleRowRefusesASecondOne() {
    var rows =
        Batch.of(
            3,
            vector(Types.VARCHAR, "a", null, "b"),
            vector(Types.BIGINT, 1L, null, 2L),
            vector(Types.INTEGER, 7L, 8L, 9L));
    Expression single =
        call(
            "single_row",
            column(0, Types.VARCHAR),
            column(1, Types.BIGINT),
            column(2, Types.INTEGER));
    assertThat(evaluate(single, rows.select(new int[] {0, 1}, 2))).containsExactly("a", null);
    assertThatThrownBy(() -> evaluate(single, rows))
        .isInstanceOfSatisfying(
            FrazilException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SUBQUERY_ROWS))
        .hasMessage("A subquery used as a value returned more than one row");
  }

  @Test
  void extremesIgnoreNulls() {
    assertThat(value(call("greatest", integer(1), literal(null, Types.INTEGER), integer(3))))
        .isEqualTo(3L);
    assertThat(value(call("least", text("b"), text("a")))).isEqualTo("a");
    assertThat(value(call("greatest", literal(Double.NaN, Types.DOUBLE), integer(3))))
        .isEqualTo(Double.NaN);
    assertThat(value(call("least", literal(null, Types.DATE)))).isNull();
    assertThat(value(call("nullif", integer(1), integer(1)))).isNull();
    assertThat(value(call("nullif", text("a"), text("b")))).isEqualTo("a");
  }

  @ParameterizedTest
  @CsvSource({
    "year, 2024",
    "quarter, 1",
    "month, 2",
    "week, 9",
    "day, 29",
    "dow, 4",
    "isodow, 4",
    "doy, 60",
    "hour, 13",
    "minute, 45",
    "second, 59",
    "milliseconds, 59250",
    "microseconds, 59250000",
    "epoch, 1709214359",
  })
  void partsOfTimestamps(String field, long expected) {
    Expression time = cast(text("2024-02-29 13:45:59.25"), Types.TIMESTAMP);
    assertThat(value(call("date_part", text(field), time))).isEqualTo(expected);
    Batch batch = Batch.of(1, vector(Types.VARCHAR, field));
    assertThat(evaluate(call("date_part", column(0, Types.VARCHAR), time), batch))
        .containsExactly(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "year, 2024-01-01 00:00:00",
    "quarter, 2024-01-01 00:00:00",
    "month, 2024-02-01 00:00:00",
    "week, 2024-02-26 00:00:00",
    "day, 2024-02-29 00:00:00",
    "hour, 2024-02-29 13:00:00",
    "minute, 2024-02-29 13:45:00",
    "second, 2024-02-29 13:45:59",
    "millisecond, 2024-02-29 13:45:59.25",
  })
  void timestampsAreCutToTheirField(String field, String expected) {
    Expression time = cast(text("2024-02-29 13:45:59.250001"), Types.TIMESTAMP);
    assertThat(value(cast(call("date_trunc", text(field), time), Types.VARCHAR)))
        .isEqualTo(expected);
  }

  @Test
  void calendarAgreesWithTheLibrary() {
    for (long day = -800_000; day < 800_000; day += 37) {
      var date = LocalDate.ofEpochDay(day);
      Expression d = literal(day, Types.DATE);
      if (day % 7 == 0) {
        assertThat(value(call("date_part", text("year"), d))).isEqualTo((long) date.getYear());
        assertThat(value(call("date_add_months", d, integer(13))))
            .isEqualTo(date.plusMonths(13).toEpochDay());
      }
      assertThat(Calendar.dayOfMonth(day)).isEqualTo(date.getDayOfMonth());
      assertThat(Calendar.month(day)).isEqualTo(date.getMonthValue());
      assertThat(Calendar.year(day)).isEqualTo(date.getYear());
      assertThat(Calendar.dayOfYear(day)).isEqualTo(date.getDayOfYear());
      assertThat(Calendar.week(day)).isEqualTo(date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }
  }

  @Test
  void datesMoveByDaysAndMonths() {
    Expression last = cast(text("2024-01-31"), Types.DATE);
    assertThat(value(cast(call("date_add_months", last, integer(1)), Types.VARCHAR)))
        .isEqualTo("2024-02-29");
    assertThat(value(cast(call("date_add_days", last, integer(-31)), Types.VARCHAR)))
        .isEqualTo("2023-12-31");
    assertThat(value(call("date_diff_days", last, cast(text("2023-12-31"), Types.DATE))))
        .isEqualTo(31L);
    Expression noon = cast(text("2024-01-31 12:00"), Types.TIMESTAMP);
    assertThat(value(cast(call("date_add_months", noon, integer(-2)), Types.VARCHAR)))
        .isEqualTo("2023-11-30 12:00:00");
    assertThat(value(cast(call("timestamp_add_micros", noon, bigint(1)), Types.VARCHAR)))
        .isEqualTo("2024-01-31 12:00:00.000001");
    assertThatThrownBy(() -> value(call("date_add_days", last, bigint(Long.MIN_VALUE))))
        .hasMessage("The result is out of range for date");
  }

  @Test
  void unknownFieldIsNamed() {
    assertThatThrownBy(() -> value(call("date_part", text("yaer"), literal(0L, Types.DATE))))
        .hasMessageStartingWith("'yaer' is no part of a date: use year, quarter");
  }

  @Test
  void signaturesCoerce() {
    DataType real = Types.REAL;
    assertThat(call("sqrt", literal(4L, Types.INTEGER)).type()).isEqualTo(Types.DOUBLE);
    assertThat(call("greatest", integer(1), literal(1.0, real)).type()).isEqualTo(Types.DOUBLE);
    assertThat(call("round", decimal("12.34")).type()).isEqualTo(Types.decimal(3, 0));
    assertThat(call("concat", integer(1), text("a")).operands().getFirst().type())
        .isEqualTo(Types.VARCHAR);
    assertThat(
            io.frazil.engine.evaluate.Values.FUNCTIONS
                .requireScalar("upper")
                .resolve(List.of(Types.INTEGER)))
        .isEmpty();
  }

  private static BigDecimal dec(String text) {
    return new BigDecimal(text);
  }
}
